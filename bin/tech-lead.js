#!/usr/bin/env node
// Old syntax on purpose: this file must be able to speak on any Node.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const built = path('../dist/cli/main.js')
const source = path('../src/cli/main.ts')
const entry = existsSync(source) ? source : built

const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  await import(entry)
} else {
  const pinned = path('../node_modules/.bin/node')
  if (!existsSync(pinned)) {
    console.error(`tech-lead needs Node 22.18 or newer; this is ${process.versions.node}.`)
    process.exit(2)
  }
  const run = spawnSync(pinned, [entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(run.status ?? 2)
}

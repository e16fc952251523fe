#!/usr/bin/env node
// Old syntax on purpose: this file must be able to speak on any Node.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const built = path('../dist/cli/main.js')
const source = path('../src/cli/main.ts')
const entry = existsSync(source) ? source : built

// Compiled code is kept beside the packages, so that every later start takes half the time. Node's
// own choice, a folder in the shared temporary folder, could be filled by another user.
const cache = process.env.NODE_COMPILE_CACHE || path('../node_modules/.cache/tech-lead')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  module.enableCompileCache(cache)
  await import(entry)
} else {
  const pinned = path('../node_modules/.bin/node')
  if (!existsSync(pinned)) {
    console.error(`tech-lead needs Node 22.18 or newer; this is ${process.versions.node}.`)
    process.exit(2)
  }
  const child = spawn(pinned, [entry, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  })
  // A server has work to finish when it is told to stop. A terminal's interrupt reaches both
  // processes by itself, and a second one would mean "at once".
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGINT', () => terminal || child.kill('SIGINT'))
  child.on('error', (error) => {
    console.error(`tech-lead: cannot start ${pinned}: ${error.message}`)
    process.exit(2)
  })
  child.on('exit', (code) => process.exit(code === null ? 2 : code))
}

// Old syntax on purpose: this file must be able to speak on any Node.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const source = path('../src/cli/action.ts')
const entry = existsSync(source) ? source : path('../dist/cli/action.js')

// The runner checks out an action as it is in git. Its packages come from the lockfile, whose
// hashes name their very bytes; no script of any package is run.
if (!existsSync(path('../node_modules/zod'))) {
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = {
    cwd: path('..'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
    // What the step was given, such as a token or a key, is nobody's business there.
    env: Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(?:INPUT_|ANTHROPIC_|ACTIONS_)/i.test(name),
      ),
    ),
  }
  const installed = spawnSync(npm, args, options)
  if (installed.status !== 0) {
    const reason = installed.error?.message ?? installed.stderr.trim().split('\n').pop()
    console.log(`::error::The packages of this action could not be installed: ${reason}`)
    process.exit(2)
  }
}

// By hand on an older Node: the sources need one that reads types, which this project brings along.
const pinned = path('../node_modules/.bin/node')
if (entry === source && !process.features.typescript && existsSync(pinned)) {
  const self = fileURLToPath(import.meta.url)
  process.exit(spawnSync(pinned, [self], { stdio: 'inherit' }).status ?? 2)
}

module.enableCompileCache?.(path('../node_modules/.cache/tech-lead'))
await import(entry)

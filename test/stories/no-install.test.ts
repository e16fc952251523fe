import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createDataDir,
  eventually,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

const RECORDER = fileURLToPath(new URL('../support/spawn-preload.ts', import.meta.url))
/** What Probot and its like install with. */
const INSTALLERS = ['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'bun', 'bunx']

let world: GitHubWorld
let server: ServerProcess
const folder = createDataDir()
const spawned = join(folder, 'spawned')
const called = join(folder, 'called')
const tools = join(folder, 'tools')
const env = {
  PATH: [tools, process.env['PATH'] ?? ''].join(delimiter),
  // Nothing listens there: a client of it could only fail.
  REDIS_URL: 'redis://127.0.0.1:1',
  WEBHOOK_PROXY_URL: 'http://127.0.0.1:1/channel',
  // As under npx, where Probot's lazy imports fetch what is missing.
  npm_command: 'exec',
  npm_execpath: join(tools, 'npx'),
  npm_config_user_agent: 'npm/11.0.0 node/v24.0.0 linux x64',
  SPAWNED: spawned,
}
beforeAll(async () => {
  mkdirSync(tools)
  for (const name of INSTALLERS) {
    const script = `#!/bin/sh\necho "${name} $*" >> '${called}'\nexit 1\n`
    writeFileSync(join(tools, name), script, { mode: 0o755 })
  }
  world = await createGitHubWorld()
  server = await startServer(world, { env, preload: RECORDER })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await world?.stop()
})

test('with REDIS_URL set the server works, and nothing is installed while it runs', async () => {
  const shop = await world.createRepository({
    ...{ owner: 'acme', name: 'shop', private: true, files: SHOP_FILES, roles: { dev: 'write' } },
  })
  await world.push(shop, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
  await world.openPullRequest({
    ...{ repository: shop, head: 'pay', title: 'Take payments', author: 'dev' },
  })
  await eventually(
    () => server.log().includes('"msg":"review published"'),
    `the review\n${server.log()}`,
    90_000,
  )
  const started = new Set(readFileSync(spawned, 'utf8').trimEnd().split('\n'))
  expect(started).toEqual(new Set(['recording']))
  expect(existsSync(called)).toBe(false)
}, 120_000)

test('an installer that is called is seen by the recorder in its place', () => {
  const run = spawnSync(
    process.execPath,
    ['--import', RECORDER, '-e', "require('child_process').exec('npx x@1 --yes')"],
    { env: { ...env, SPAWNED: join(folder, 'other') } },
  )
  expect(run.status).toBe(0)
  expect(readFileSync(join(folder, 'other'), 'utf8')).toContain('npx x@1 --yes')
  expect(readFileSync(called, 'utf8')).toBe('npx x@1 --yes\n')
})

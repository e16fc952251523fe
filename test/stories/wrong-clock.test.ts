import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyFingerprint } from '#wiring/private-key'
import {
  eventually,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

let world: GitHubWorld
const servers: ServerProcess[] = []
const start = async (env: Readonly<Record<string, string>> = {}) => {
  const server = await startServer(world, { env })
  servers.push(server)
  return server
}
beforeAll(async () => {
  world = await createGitHubWorld()
}, 120_000)
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await world?.stop()
})

test('a server whose clock is five minutes ahead reviews, and warns', async () => {
  world.advance(-5 * 60_000)
  const server = await start()
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
  const order = { owner: 'acme', name: 'shop', files: SHOP_FILES, roles: { dev: 'write' } } as const
  const shop = await world.createRepository(order)
  await world.push(shop, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
  const title = 'Take payments'
  const pull = await world.openPullRequest({ repository: shop, head: 'pay', title, author: 'dev' })
  const isPublished = () => server.log().includes('"msg":"review published"')
  await eventually(isPublished, `the review\n${server.log()}`)
  expect((await world.conversation(shop, pull)).reviews).toHaveLength(1)
  expect(server.log()).toMatch(
    /"level":"warn"[^\n]*"detail":"(?:29|30|31)\d s ahead of GitHub[^\n]*"msg":"clock is off"/,
  )
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  expect(world.violations).toEqual([])
}, 120_000)

test('the log names the private key by its fingerprint, and shows none of it', () => {
  const log = servers[0]?.log() ?? ''
  const name = `"fingerprint":"${keyFingerprint(world.privateKey)}"`
  expect(log.split('\n').filter((line) => line.includes(name))).toEqual([
    expect.stringMatching(/"msg":"private key read"/),
  ])
  for (const line of world.privateKey.split('\n').slice(1, -2)) expect(log).not.toContain(line)
})

test('a server starts and is ready while GitHub is away', async () => {
  const server = await start({ GHE_HOST: '127.0.0.1:1' })
  const ready = await fetch(`${server.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { ready: true, checks: { store: true, clock: true, model: true } },
  ])
}, 120_000)

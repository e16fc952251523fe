import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FLAWED, SHOP_FILES } from '../stories/shop.ts'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import {
  eventually,
  removedAtExit,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>

const REPOSITORIES = Number(process.env['TECH_LEAD_TEST_REPOSITORIES'] ?? 3_000)
const WITH_INTEGRATIONS = 40
/** Looks take a fraction of a second, introductions four seconds each. */
const LONG_MS = 45 * 60_000

let world: GitHubWorld
let dataDir: string
let server: ServerProcess
const shops: Repository[] = []
let log = ''

beforeAll(async () => {
  world = await createGitHubWorld()
  dataDir = await removedAtExit(usedDataDir())
  const plain = await world.createRepository({
    owner: 'acme',
    name: 'plain',
    files: { 'README.md': '# plain\n', 'src/sum.ts': 'export const two = 1 + 1\n' },
  })
  const between = Math.floor((REPOSITORIES - WITH_INTEGRATIONS) / WITH_INTEGRATIONS)
  for (let index = 0; index < WITH_INTEGRATIONS; index += 1) {
    world.createLike({ ...plain, name: `plain-${index}` }, between)
    const files = { ...SHOP_FILES, ...FLAWED }
    shops.push(await world.createRepository({ owner: 'acme', name: `shop-${index}`, files }))
  }
  world.limitContent()
  await start()
})

afterAll(async () => {
  await server.stop()
  await world.stop()
})

async function start() {
  const env = { TECH_LEAD_ONBOARDING: 'pull-request' }
  server = await startServer(world, { dataDir, env })
  world.webhooks.sendTo(null)
}

async function killAndStart() {
  await server.kill()
  log += server.log()
  await start()
}

const introduced = () => shops.filter(({ pulls }) => pulls.length > 0).length

test('an organisation of thousands: acknowledged at once, introduced where it counts, once', {
  timeout: LONG_MS,
}, async () => {
  const installation = world.installationOf(shops[0] ?? fail())
  world.announce(installation)
  const told =
    world.webhooks.log.findLast(
      ({ event, action }) => event === 'installation' && action === 'created',
    ) ?? fail()
  const receiver = { url: server.webhookUrl, secret: WEBHOOK_SECRET }
  // The best of three: a busy machine says nothing about the server.
  const times: number[] = []
  for (const guid of [told.guid, randomUUID(), randomUUID()]) {
    const asked = performance.now()
    expect((await world.webhooks.deliver(told, receiver, { guid })).statusCode).toBe(202)
    times.push(performance.now() - asked)
  }
  expect(Math.min(...times)).toBeLessThan(1_000)

  for (const share of [0.3, 0.7]) {
    await eventually(() => introduced() >= WITH_INTEGRATIONS * share, `${share}`, LONG_MS)
    await killAndStart()
  }
  const ended = () => {
    const done = (log + server.log()).matchAll(
      /"kind":"first-look",[^\n]*"repository":(\d+)[^\n]*"result":"done"/g,
    )
    return new Set([...done].map(([, id]) => id)).size
  }
  await eventually(() => introduced() >= WITH_INTEGRATIONS, 'every introduction', LONG_MS)
  // What a killed process had to say of its last looks may be lost.
  await eventually(() => ended() >= world.state.repositories.length - 4, 'every look', LONG_MS)

  expect(shops.map(({ pulls }) => pulls.length)).toEqual(shops.map(() => 1))
  const others = world.state.repositories.filter((each) => !shops.includes(each))
  expect(others.reduce((sum, { pulls }) => sum + pulls.length, 0)).toBe(0)
  for (const { git, pulls } of shops) {
    // The settings and the memory, each in one commit.
    await expect.poll(() => git.log('tech-lead/onboarding'), { timeout: 30_000 }).toHaveLength(3)
    expect(pulls[0]?.body).toContain('moves money without an idempotency key')
  }
  // GitHub never had to refuse a write.
  expect(world.violations).toEqual([])
})

function fail(): never {
  throw new Error('not there')
}

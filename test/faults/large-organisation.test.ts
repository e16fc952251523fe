import { randomUUID } from 'node:crypto'
import { loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkMemory } from '#core/memory/check-memory'
import { citedPaths } from '#core/memory/entry-status'
import { memoryFolder } from '#core/memory/memory'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH } from '#core/settings/settings'
import { splitLines } from '#core/text/lines'
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
  const times: number[] = []
  // The stand-in and this clock share a process: how long that was held up is no time of the server.
  const held = monitorEventLoopDelay({ resolution: 5 })
  held.enable()
  for (const guid of [told.guid, ...Array.from({ length: 9 }, () => randomUUID())]) {
    held.reset()
    const asked = performance.now()
    expect((await world.webhooks.deliver(told, receiver, { guid })).statusCode).toBe(202)
    times.push(performance.now() - asked - held.max / 1e6)
  }
  held.disable()
  // Whoever reads a failure can tell a slow server from a machine that is busy with something else.
  const rounded = times.map((ms) => `${Math.round(ms)} ms`).join(', ')
  const load = loadavg()[0]?.toFixed(1)
  process.stdout.write(`acknowledged after ${rounded}; load ${load}\n`)
  expect(Math.max(...times), `load ${load}: ${rounded}`).toBeLessThan(1_000)

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
  for (const shop of shops) await expectValid(shop)
  // GitHub never had to refuse a write.
  expect(world.violations).toEqual([])
})

/** A pull request as its maintainer may merge it: nothing in it is broken, and each link leads somewhere. */
async function expectValid({ git, pulls, name }: Repository): Promise<void> {
  // The settings and the memory, each in one commit.
  await expect.poll(() => git.log('tech-lead/onboarding'), { timeout: 30_000 }).toHaveLength(3)
  const body = pulls[0]?.body ?? ''
  expect(body).toContain('moves money without an idempotency key')
  const read = async (at: string) => (await git.read(at))?.content.toString() ?? null

  const links = [...body.matchAll(/\/acme\/([\w-]+)\/blob\/([0-9a-f]{40})\/([^#>)]+)#L(\d+)/g)]
  expect(links.length).toBeGreaterThan(3)
  // No link of another kind: what the sentence above did not read is not looked at.
  expect(body.match(/\]\(/g)).toHaveLength(links.length)
  for (const [link, repository, commit, path = '', line] of links) {
    const text = await read(`${commit}:${decodeURIComponent(path)}`)
    expect([repository, text === null ? 0 : splitLines(text).length], link).toEqual([
      name,
      expect.toSatisfy((lines: number) => lines >= Number(line)),
    ])
  }

  const settings = {
    path: SETTINGS_PATH,
    text: (await read(`tech-lead/onboarding:${SETTINGS_PATH}`)) ?? 'x',
  }
  expect(parseSettings(settings)).toEqual({ ok: true, value: DEFAULT_SETTINGS })

  const folder = `${memoryFolder('integrations-tech-lead')}/`
  const tree = await git.tree('tech-lead/onboarding', true)
  const files = await Promise.all(
    tree
      .filter(({ path }) => path.startsWith(folder) && path.endsWith('.md'))
      .map(async ({ path }) => ({
        path: path.slice(folder.length),
        text: (await read(`tech-lead/onboarding:${path}`)) ?? '',
      })),
  )
  expect(files.length).toBeGreaterThan(1)
  const cited = await Promise.all(
    citedPaths(files).map(
      async (path) => [path, await read(`tech-lead/onboarding:${path}`)] as const,
    ),
  )
  expect(cited.length).toBeGreaterThan(0)
  expect(checkMemory(files, new Map(cited))).toEqual([])
}

function fail(): never {
  throw new Error('not there')
}

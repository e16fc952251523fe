import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH } from '#core/settings/settings'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import {
  eventually,
  removedAtExit,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>

const MEMORY = '.claude/agent-memory/integrations-tech-lead'

let world: GitHubWorld
let server: ServerProcess
let shop: Repository
let plain: Repository
let known: Repository

beforeAll(async () => {
  world = await createGitHubWorld()
  const create = (name: string, files: Record<string, string>) =>
    world.createRepository({ owner: 'acme', name, files })
  shop = await create('shop', { ...SHOP_FILES, ...FLAWED })
  plain = await create('plain', {
    'README.md': '# plain\n',
    'src/sum.ts': 'export const two = 1 + 1\n',
  })
  known = await create('known', { ...SHOP_FILES, [SETTINGS_PATH]: 'review:\n  drafts: true\n' })
  const dataDir = await removedAtExit(usedDataDir())
  server = await startServer(world, { dataDir, env: { TECH_LEAD_ONBOARDING: 'pull-request' } })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 120_000)

afterAll(async () => {
  await server.stop()
  await world.stop()
})

/** Waits until so many first looks have ended in the log. */
const looked = (count: number) =>
  eventually(
    () => tries('first-look', 'done').length >= count,
    `${count} looks; ${server.log().slice(-2_000)}`,
    60_000,
  )

const tries = (kind: string, result: string) =>
  server
    .log()
    .split('\n')
    .filter((line) => line.includes('"job tried"'))
    .filter((line) => line.includes(`"kind":"${kind}"`) && line.includes(`"result":"${result}"`))

const install = () => {
  const installation = world.installationOf(shop)
  world.selectRepositories(installation, [])
  world.selectRepositories(installation, [shop, plain, known])
}

describe('the app reaches an account', { timeout: 120_000 }, () => {
  test('one pull request where there is integration code, and nothing elsewhere', async () => {
    install()
    await looked(3)
    expect([shop, plain, known].map(({ pulls }) => pulls.length)).toEqual([1, 0, 0])
    const [pull] = shop.pulls
    expect(pull?.author.login).toBe(world.bot.login)
    expect(pull?.head.branch).toBe('tech-lead/onboarding')
    const body = pull?.body ?? ''
    expect(body).toContain('| `Stripe` | 1 outbound call |')
    expect(body).toContain('moves money without an idempotency key')
    expect(body).toMatch(/blob\/[0-9a-f]{40}\/src\/charge\.ts#L4>/)
    expect(world.violations).toEqual([])
  })

  test('its branch holds the settings, all of them comments, and the first memory', async () => {
    const read = async (path: string) =>
      (await shop.git.read(`tech-lead/onboarding:${path}`))?.content.toString() ?? null
    const settings = (await read(SETTINGS_PATH)) ?? ''
    expect(settings.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([])
    expect(parseSettings({ path: SETTINGS_PATH, text: settings })).toEqual({
      ok: true,
      value: DEFAULT_SETTINGS,
    })
    const number = shop.pulls[0]?.number
    expect(await read(`${MEMORY}/stripe.md`)).toMatch(
      new RegExp(`Stripe is called through .*\\(\`src/.*:\\d+ @[0-9a-f]{7,}\`, PR #${number}, `),
    )
    expect(await read(`${MEMORY}/MEMORY.md`)).toContain('(stripe.md)')
    // Nothing reached the default branch.
    expect(await shop.git.read(`main:${SETTINGS_PATH}`)).toBeNull()
  })

  test('whatever answer is lost on the way, it is one branch, two commits, one pull request', async () => {
    const billing = await world.createRepository({
      owner: 'acme',
      name: 'billing',
      files: { ...SHOP_FILES, ...FLAWED },
    })
    world.fault('POST /repos/{owner}/{repo}/git/refs', { kind: 'persist-then-502' })
    world.fault('mutation createCommitOnBranch', { kind: 'persist-then-reset' })
    world.fault('POST /repos/{owner}/{repo}/pulls', { kind: 'persist-then-502' })
    const installation = world.installationOf(shop)
    world.selectRepositories(installation, [shop, plain, known, billing])
    await looked(4)
    expect(billing.pulls).toHaveLength(1)
    const base = await billing.git.resolve('main')
    const log = await billing.git.log('tech-lead/onboarding')
    expect(log.findIndex(({ oid }) => oid === base)).toBe(2)
    expect(world.faults.waiting()).toEqual([])
  })

  test('taken away and given back, or closed by people: there is no second one', async () => {
    const [pull] = shop.pulls
    install()
    await looked(7)
    expect(shop.pulls).toHaveLength(1)
    if (pull !== undefined) await world.close(shop, pull)
    install()
    await looked(10)
    expect(shop.pulls).toHaveLength(1)
    expect(server.log()).toContain(`#${pull?.number} was closed`)
    expect(world.violations).toEqual([])
  })
})

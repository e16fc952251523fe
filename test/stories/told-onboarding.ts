import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH } from '#core/settings/settings'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import {
  eventually,
  removedAtExit,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedLead } from '../world/model/scripted-lead.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

vi.setConfig({ testTimeout: 120_000 })

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>

const MEMORY = '.claude/agent-memory/integrations-tech-lead'

/** An account that the app reaches: introductions where they belong, each once. */
export function tellOnboarding(reviewer: 'rules' | 'claude', store: 'embedded' | 'postgres'): void {
  let world: GitHubWorld
  let server: ServerProcess
  let shop: Repository
  let plain: Repository
  let known: Repository
  let billing: Repository
  let model: ModelWorld | null = null
  let postgres: PostgresServer | null = null
  let installation: ReturnType<GitHubWorld['installationOf']>

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
    installation = world.installationOf(shop)
    const dataDir = await removedAtExit(usedDataDir())
    const env: Record<string, string> = { TECH_LEAD_ONBOARDING: 'pull-request' }
    if (store === 'postgres') {
      postgres = await startPostgres()
      env['DATABASE_URL'] = await postgres.database('onboarding')
    }
    if (reviewer === 'claude') {
      model = await createModelWorld({ script: scriptedLead })
      env['ANTHROPIC_API_KEY'] = model.apiKey
      env['ANTHROPIC_BASE_URL'] = model.baseUrl
    }
    server = await startServer(world, { dataDir, env })
    world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
  }, 120_000)

  afterAll(async () => {
    await server?.stop()
    await model?.close()
    await postgres?.stop()
    await world?.stop()
  }, 60_000)

  /** What first looks at a repository came to, as the log has it; the sweep may ask for more. */
  const ends = ({ id }: Repository) =>
    server
      .log()
      .split('\n')
      .filter(
        (line) => line.includes('"kind":"first-look"') && line.includes(`"repository":${id},`),
      )
      .flatMap((line) => /"result":"done","because":"([^"]*)"/.exec(line)?.[1] ?? [])

  const until = (holds: () => boolean, what: string) =>
    eventually(holds, `${what}; ${server.log().slice(-2_000)}`, 60_000)

  const select = (repositories: Repository[]) =>
    world.selectRepositories(installation, repositories)

  test('one pull request where there is integration code, and nothing elsewhere', async () => {
    select([])
    select([shop, plain, known])
    await until(() => [shop, plain, known].every((one) => ends(one).length > 0), 'three looks')
    expect([shop, plain, known].map(({ pulls }) => pulls.length)).toEqual([1, 0, 0])
    const [pull] = shop.pulls
    expect(pull?.author.login).toBe(world.bot.login)
    expect(pull?.head.branch).toBe('tech-lead/onboarding')
    const body = pull?.body ?? ''
    expect(body).toContain('| `Stripe` | 1 outbound call |')
    expect(body).toContain('moves money without an idempotency key')
    expect(body).toContain(reviewer === 'claude' ? 'and by Claude' : 'by deterministic rules')
    expect(body).toMatch(/blob\/[0-9a-f]{40}\/src\/charge\.ts#L4>/)
    const homes = new Set([...body.matchAll(/<(\S+?)\/blob\//g)].map(([, home]) => home))
    expect([...homes]).toEqual([`http://${world.host}/acme/shop`])
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
      new RegExp(
        `Stripe is called through .*\\(\`src/.*:\\d+ @[0-9a-f]{7,} #\\w+\`, PR #${number}, `,
      ),
    )
    expect(await read(`${MEMORY}/MEMORY.md`)).toContain('(stripe.md)')
    // Nothing reached the default branch.
    expect(await shop.git.read(`main:${SETTINGS_PATH}`)).toBeNull()
  })

  test('whatever answer is lost on the way, it is one branch, two commits, one pull request', async () => {
    billing = await world.createRepository({
      owner: 'acme',
      name: 'billing',
      installed: false,
      files: { ...SHOP_FILES, ...FLAWED },
    })
    world.fault('POST /repos/{owner}/{repo}/git/refs', { kind: 'persist-then-502' })
    world.fault('mutation createCommitOnBranch', { kind: 'persist-then-reset' })
    world.fault('POST /repos/{owner}/{repo}/pulls', { kind: 'persist-then-502' })
    select([shop, plain, known, billing])
    await until(() => ends(billing).length > 0, 'a look at billing')
    expect(billing.pulls).toHaveLength(1)
    expect((await billing.git.log('tech-lead/onboarding')).length).toBe(3)
    expect(world.faults.waiting()).toEqual([])
  })

  test('taken away and given back, or closed by people: there is no second one', async () => {
    const [pull] = shop.pulls
    if (pull === undefined) throw new Error('there is no pull request')
    await world.close(shop, pull)
    select([])
    await until(() => server.log().includes('of 4 repositories is dropped'), 'they are forgotten')
    const before = ends(billing).length
    select([shop, billing])
    await until(() => ends(billing).length > before, 'another look at billing')
    await until(() => ends(shop).includes(`#${pull.number} was closed`), 'another look at shop')
    expect(ends(billing).at(-1)).toBe(`introduced by #${billing.pulls[0]?.number}`)
    expect([shop.pulls.length, billing.pulls.length]).toEqual([1, 1])
    expect((await billing.git.log('tech-lead/onboarding')).length).toBe(3)
    expect(world.violations).toEqual([])
  })
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SETTINGS_PATH } from '#core/settings/settings'
import { FLAWED, SHOP_FILES } from '../stories/shop.ts'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { eventually } from '../support/server-process.ts'
import type { GitHubWorld } from '../world/github/world.ts'
import { createStage, embeddedHome, postgresHome, readStore, type Stage } from './machine.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>

const MEMORY = '.claude/agent-memory/integrations-tech-lead'
/** An entry whose cited line no longer says what it said. */
const SUSPECT = {
  [`${MEMORY}/MEMORY.md`]: '# Memory\n\n- [Stripe](stripe.md)\n',
  [`${MEMORY}/stripe.md`]:
    '# Stripe\n\n- Payments are tried once. (`src/charge.ts:4 @a1b2c3d #00000000`, PR #1, 2026-01-01) [m-00000001]\n',
}

/** Weekly audits of one server, killed at the worst moments and started again weeks later. */
function tellAudits(store: 'embedded' | 'postgres'): void {
  let stage: Stage
  let postgres: PostgresServer | null = null
  let shop: Repository
  let others: Repository[]
  let narrow: Repository

  beforeAll(async () => {
    if (store === 'postgres') postgres = await startPostgres()
    const home = postgres === null ? await embeddedHome() : await postgresHome(postgres, 'audits')
    stage = await createStage(home, { TECH_LEAD_AUDIT: 'weekly' })
    const { world } = stage
    const create = (name: string, files: Record<string, string>, owner = 'acme') =>
      world.createRepository({ owner, name, files: { ...SHOP_FILES, ...FLAWED, ...files } })
    shop = await create('shop', SUSPECT)
    others = [
      await create('clean', {}),
      await create('unwilling', { ...SUSPECT, [SETTINGS_PATH]: 'audit: { mode: off }\n' }),
    ]
    narrow = await create('narrow', SUSPECT, 'globex')
    const installation = world.installationOf(narrow)
    const { issues: _, ...fewer } = installation.permissions
    world.setInstallationPermissions(installation, fewer)
  })

  afterAll(async () => {
    await stage?.close()
    await postgres?.stop()
  })

  const said = (words: string | RegExp) => stage.machine.server().log().search(words) !== -1
  const until = (words: string | RegExp) =>
    eventually(() => said(words), `${words}; ${stage.machine.server().log().slice(-3_000)}`, 60_000)

  /** A week goes by in the store: the next process begins a round at once. */
  async function aWeekLater(): Promise<void> {
    await stage.machine.stop()
    const { home } = stage.machine
    await readStore(home, "update notes set value = '0' where key = 'audits/round-at'")
    await readStore(home, 'update audits set audited_at = audited_at - 604800000')
    await stage.machine.start()
  }

  test.each([
    ['audit-intended', 'before it was asked for', 0],
    ['audit-posted', 'after GitHub had made it and before that was recorded', 1],
  ])('killed at %s, %s, there is one issue and never a second', async (point, _, issues) => {
    const { world, machine } = stage
    if (issues === 1) {
      // What is made now is not to be seen in lists for a while, as on GitHub.
      shop.issues.length = 0
      await machine.stop()
      await readStore(machine.home, 'delete from audits')
      await readStore(machine.home, 'delete from notes')
      world.fault('POST /repos/{owner}/{repo}/issues', { kind: 'hide-for', hideMs: 600 })
    }
    machine.order('kill', point)
    await machine.start()
    await machine.ended()
    expect(shop.issues).toHaveLength(issues)
    await machine.start()
    // Where it was made already it is found, and says what is so.
    await until(issues === 0 ? /told in #\d/ : /#\d+ is as it was/)
    expect(shop.issues).toHaveLength(1)
    const [issue] = shop.issues
    expect(issue?.author.login).toBe(world.bot.login)
    expect(issue?.body).toContain('`m-00000001` in [')
    expect(world.violations).toEqual([])
  })

  test('nothing is opened where nothing is to be said, nobody wants it, or it was not granted', async () => {
    await until('switched off by its settings')
    await until('nothing to say')
    await until('audit skipped')
    expect([...others, narrow].flatMap(({ issues }) => issues)).toEqual([])
    const skipped = stage.machine.server().log()
    expect(skipped).toMatch(/has not granted [^"]*issues[^\n]*audit skipped/)
  })

  test('a week later it is edited in place, and a closed one is left alone', async () => {
    const { world } = stage
    const [issue] = shop.issues
    if (issue === undefined) throw new Error('there is no issue')
    await world.push(shop, 'main', { files: { [`${MEMORY}/stripe.md`]: '# Stripe\n' } })
    await aWeekLater()
    await until(`#${issue.number} is brought up to date`)
    expect(issue.body).toMatch(/^\*\*Nothing needs another look/)
    await world.push(shop, 'main', { files: SUSPECT })
    issue.state = 'closed'
    const { body } = issue
    await aWeekLater()
    await until(`#${issue.number} was closed`)
    expect([shop.issues.length, issue.body, issue.state]).toEqual([1, body, 'closed'])
    expect(world.violations).toEqual([])
  })
}

describe('audits, embedded store', () => tellAudits('embedded'))
describe.skipIf(postgresMissing() !== null)('audits, Postgres', () => tellAudits('postgres'))

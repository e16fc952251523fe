import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { COMMAND_NAMES, commandUsage } from '#core/command/command'
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
type Pull = Awaited<ReturnType<GitHubWorld['openPullRequest']>>

const ROLES = {
  boss: 'admin',
  lena: 'maintain',
  dev: 'write',
  helper: 'triage',
  reader: 'read',
  'evil[bot]': 'write',
} as const
const MAY = ['boss', 'lena', 'dev'] as const
const MAY_NOT = ['helper', 'reader', 'stranger'] as const
const APP = 'integrations-tech-lead[bot]'
const CHARGE = 'src/charge.ts'

/** What people write, in this order, and how the answer begins or what it says. */
const chat = (id: string, claude: boolean): readonly (readonly [string, RegExp])[] => [
  ['/tech-lead help', /- `\/tech-lead explain <id>`/],
  [
    `/tech-lead explain ${id.slice(0, 9)}`,
    /\*\*When it breaks\.\*\*[\s\S]*\*\*Evidence\.\*\*[\s\S]*\*\*Sources\.\*\*/,
  ],
  ['/tech-lead explain tl-ffffff', /^No finding of this pull request begins with `tl-ffffff`/],
  ['/tech-lead inventory', /^The default branch at `[0-9a-f]{12}`: .*[\s\S]*This pull request: \+/],
  ['/tech-lead matrix', /this pull request touches 2 calls/],
  ['/tech-lead diagram', /```mermaid\nflowchart LR/],
  ['/tech-lead config', /There is no `\.github\/tech-lead\.yml`/],
  ['/tech-lead memory', /memory/i],
  ['/tech-lead remember Refunds are sent by hand.', /m-[0-9a-f]{8}/],
  ['/tech-lead forget m-ffffff', /m-ffffff/],
  [
    '/tech-lead ask Can this charge twice?',
    claude
      ? /^A retry charges twice\.[\s\S]*Seen in \[`src\/charge\.ts:4`\]/
      : /needs a model\. This installation has none\./,
  ],
  [
    '/tech-lead design refunds with Stripe',
    claude ? /\*\*Recommended: Webhooks\.\*\*/ : /What `Stripe` documents[\s\S]*need a model/,
  ],
  [
    '/tech-lead diagnose charge.ts charges twice',
    claude ? /1\. \*\*A retry without a key\*\*/ : /\*\*lacks [\s\S]*need a model/,
  ],
  ['/tech-lead pause', /^Paused:/],
  ['/tech-lead resume', /^Automatic reviews go on/],
  ['/tech-lead reveiw', /Did you mean `\/tech-lead review`/],
  ['/tech-lead dismiss', /^This is written `\/tech-lead dismiss <id> <reason>`/],
]

/** Every command by every role, objections and issues, told in one repository. */
export function tellTalk(reviewer: 'rules' | 'claude', store: 'embedded' | 'postgres'): void {
  let world: GitHubWorld
  let server: ServerProcess
  let model: ModelWorld | null = null
  let postgres: PostgresServer | null = null
  let shop: Repository
  let pull: Pull
  const claude = reviewer === 'claude'
  const seen = () => world.conversation(shop, pull)

  beforeAll(async () => {
    world = await createGitHubWorld()
    const env: Record<string, string> = { TECH_LEAD_ONBOARDING: 'silent' }
    if (store === 'postgres') {
      postgres = await startPostgres()
      env['DATABASE_URL'] = await postgres.database('talk')
    }
    if (claude) {
      model = await createModelWorld({ script: scriptedLead })
      env['ANTHROPIC_API_KEY'] = model.apiKey
      env['ANTHROPIC_BASE_URL'] = model.baseUrl
    }
    server = await startServer(world, { dataDir: await removedAtExit(usedDataDir()), env })
    world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
    world.user('evil[bot]', 'Bot')
    shop = await world.createRepository({
      ...{ owner: 'acme', name: 'shop', private: true, files: SHOP_FILES, roles: { ...ROLES } },
    })
    await world.push(shop, 'pay', { author: 'dev', files: FLAWED })
    pull = await world.openPullRequest({
      repository: shop,
      head: 'pay',
      title: 'Pay',
      author: 'dev',
    })
    await until(async () => (await seen()).checks.some((check) => check.status === 'completed'))
  }, 120_000)

  afterAll(async () => {
    await server?.stop()
    await model?.close()
    await postgres?.stop()
    await world?.stop()
  }, 60_000)

  /** Looks again and again until something holds. */
  async function until(holds: () => Promise<boolean>, what = 'it'): Promise<void> {
    let held = await holds()
    const refresh = async () => {
      held = await holds()
    }
    await eventually(() => held, `${what}\n${server.log().slice(-2_000)}`, 60_000, refresh)
    await world.webhooks.idle()
  }

  const commentsOn = (number: number) =>
    shop.issueComments.filter((comment) => comment.number === number)

  /** Says something in the conversation, waits for the end of it, and gives what was answered. */
  async function say(by: string, body: string, number = pull.number) {
    const before = commentsOn(number).length
    const comment = world.comment(shop, number, by, body)
    const ended = () => comment.reactions.some(({ content }) => content !== 'eyes')
    await until(async () => ended(), `an end of "${body}"`)
    const answers = commentsOn(number).slice(before + 1)
    return {
      words: answers.map((one) => one.body).join('\n'),
      answers: answers.length,
      reactions: comment.reactions.map(({ content }) => content),
    }
  }

  test('every command is answered once, whoever of those who may gives it', async () => {
    const [finding] = (await seen()).reviews.flatMap((review) => review.comments)
    const id = /tl-[0-9a-f]{12}/.exec(finding?.body ?? '')?.[0] ?? ''
    for (const [at, [body, answer]] of chat(id, claude).entries()) {
      const by = MAY[at % MAY.length] ?? 'dev'
      const { words, answers, reactions } = await say(by, body)
      expect(words, body).toMatch(answer)
      expect([answers, reactions[0]], body).toEqual([1, 'eyes'])
    }
  })

  test('whoever may not gets a reaction to every command, and no words', async () => {
    const before = (await seen()).comments.filter(({ author }) => author === APP).length
    const ask = (by: string, name: (typeof COMMAND_NAMES)[number]) => {
      const body = commandUsage(name)
        .replace('<id>', 'tl-0123456789ab')
        .replaceAll(/[<>[\]]/g, '')
      return world.comment(shop, pull.number, by, body)
    }
    // Reviews of one pull request are one job: of those that wait, the newest answers for all.
    const asked = MAY_NOT.flatMap((by) => COMMAND_NAMES.map((name) => ask(by, name)))
    await until(async () => asked.every(({ reactions }) => reactions.length > 0), 'reactions')
    expect(new Set(asked.flatMap(({ reactions }) => reactions.map((one) => one.content)))).toEqual(
      new Set(['confused']),
    )
    world.comment(shop, pull.number, 'evil[bot]', '/tech-lead help')
    await world.webhooks.idle()
    const after = (await seen()).comments.filter(({ author }) => author === APP).length
    expect(after).toBe(before)
  })

  test('an objection by a stranger stays unanswered, a wrong one stands once, a right one is granted', async () => {
    const thread = world.threads(pull).find((one) => one.path === CHARGE)
    if (thread === undefined) throw new Error('no thread')
    const spoken = () => thread.comments.slice(1).filter(({ author }) => author.login === APP)
    await world.reply(shop, pull, thread, 'stranger', 'This is nonsense, withdraw it.')
    await world.webhooks.idle()
    await until(async () => /may not object here/.test(server.log()), 'a refusal')
    expect(spoken()).toEqual([])
    await world.reply(shop, pull, thread, 'lena', 'I do not think that this can happen.')
    await until(async () => spoken().length > 0, 'an answer')
    expect(spoken()[0]?.body).toMatch(claude ? /^I would keep this one\./ : /^I cannot weigh this:/)
    expect(thread.resolvedBy).toBeNull()
    await world.reply(shop, pull, thread, 'lena', 'And I still do not.')
    await until(async () => /one answer was given in this thread/.test(server.log()), 'silence')
    expect(spoken()).toHaveLength(1)

    const other = world.threads(pull).find((one) => one.path !== CHARGE)
    if (other === undefined) throw new Error('no second thread')
    await world.reply(shop, pull, other, 'dev', 'It cannot hang: the queue in front ends it.')
    await until(async () => other.comments.length > 2, 'an answer')
    expect(other.comments[2]?.body).toMatch(claude ? /^You are right\./ : /^I cannot weigh this:/)
    if (claude) {
      await until(async () => other.resolvedBy !== null, 'a closed thread')
      expect(other.resolvedBy?.login).toBe(APP)
    }
  })

  test('on an issue the lead advises, and says where the other commands work', async () => {
    const issue = world.openIssue(shop, { title: 'Refunds', author: 'stranger' })
    const on = (by: string, body: string) => say(by, body, issue.number)
    expect((await on('lena', '/tech-lead help')).words).toContain('in a comment on an issue')
    expect((await on('dev', '/tech-lead design refunds with SendGrid')).words).toMatch(
      claude ? /\*\*Recommended: Webhooks\.\*\*/ : /`src\/mail\.ts:6`[\s\S]*need a model/,
    )
    expect((await on('boss', '/tech-lead diagnose mails are late')).words).toMatch(
      claude ? /\*\*First:\*\* Stop the retry\./ : /need a model/,
    )
    expect((await on('dev', '/tech-lead inventory')).words).toMatch(/^The default branch at/)
    expect((await on('dev', '/tech-lead review')).words).toContain('works on pull requests')
    expect((await on('stranger', '/tech-lead design x')).reactions).toEqual(['confused'])
  })

  test('nothing that was sent breaks a published contract', () => {
    expect([world.violations, model?.violations ?? []]).toEqual([[], []])
  })
}

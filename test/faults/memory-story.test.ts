import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
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
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'

type Seen = Awaited<ReturnType<GitHubWorld['conversation']>>
type Shop = Awaited<ReturnType<GitHubWorld['createRepository']>>
type Pull = Awaited<ReturnType<GitHubWorld['openPullRequest']>>

const FOLDER = '.claude/agent-memory/integrations-tech-lead'
const CRM = FLAWED['src/crm.ts'] ?? ''
const REASON = 'the proxy in front of HubSpot stops each call after 3 s.'

// The memory is written at most twice a minute, and these stories write more.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** The whole life of what a shop's reviews learn, told in one repository. */
function tellLife(reviewer: 'rules' | 'claude'): void {
  let world: GitHubWorld
  let server: ServerProcess
  let model: ModelWorld | null = null
  let shop: Shop
  let pay: Pull
  let entry = ''
  const waited = { decisions: '' }

  const read = (path: string) => shop.git.run(['show', `main:${path}`]).catch(() => '')
  /** Everything that the model was asked from some call on. */
  const asked = (from: number) =>
    (model?.journal ?? [])
      .slice(from)
      .map(({ text }) => text)
      .join('\n')
  const memory = (topic: string) => read(`${FOLDER}/${topic}.md`)
  const until = async (pull: Pull, holds: (seen: Seen) => boolean, what: string) => {
    let seen = await world.conversation(shop, pull)
    await eventually(
      () => holds(seen),
      `${what}\n${server.log().slice(-4_000)}`,
      180_000,
      async () => {
        seen = await world.conversation(shop, pull)
      },
    )
    await world.webhooks.idle()
    return world.conversation(shop, pull)
  }
  const done = (seen: Seen) =>
    seen.checks.some((one) => one.headSha === seen.headSha && one.status === 'completed')
  const reviewed = (pull: Pull) => until(pull, done, 'a completed check of the newest head')
  const open = async (name: string, files: Readonly<Record<string, string>>, author = 'dev') => {
    await world.push(shop, name, { author, files: { ...files } })
    return world.openPullRequest({ repository: shop, head: name, title: name, author })
  }
  const summary = (seen: Seen) =>
    seen.comments.find(({ body }) => body.includes('### '))?.body ?? ''
  const say = async (pull: Pull, text: string) => {
    const before = (await world.conversation(shop, pull)).comments.length
    world.comment(shop, pull.number, 'dev', text)
    return until(pull, ({ comments }) => comments.length > before + 1, `an answer to ${text}`)
  }
  const again = async (pull: Pull, holds: (text: string) => boolean, what: string) => {
    world.comment(shop, pull.number, 'dev', '/tech-lead review')
    return until(pull, (seen) => holds(summary(seen)), what)
  }

  beforeAll(async () => {
    world = await createGitHubWorld()
    const env: Record<string, string> = {}
    if (reviewer === 'claude') {
      model = await createModelWorld({ script: scriptedReviewer })
      env['ANTHROPIC_API_KEY'] = model.apiKey
      env['ANTHROPIC_BASE_URL'] = model.baseUrl
    }
    server = await startServer(world, { dataDir: await removedAtExit(usedDataDir()), env })
    world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
    shop = await world.createRepository({
      ...{ owner: 'acme', name: 'shop', private: true, files: SHOP_FILES },
      roles: { dev: 'write', reader: 'read' },
    })
    pay = await open('pay', FLAWED)
  })
  afterAll(async () => {
    await server?.stop()
    await model?.close()
    await world?.stop()
  })

  test('the first review commits what stands on the default branch, with its line', async () => {
    await reviewed(pay)
    const text = await memory('stripe')
    expect(text).toMatch(/\(`src\/stripe-client\.ts:3 @[0-9a-f]{7} #[0-9a-f]{8}`, PR #1, /)
    expect(await memory('hubspot')).toBe('')
  })

  test('what cites the unmerged head waits, and the next push of the same pull request knows it', async () => {
    // A file that is judged: where nothing of them changed, no model is asked again.
    const files = { 'src/charge.ts': `${FLAWED['src/charge.ts']}// a line\n` }
    await world.push(shop, 'pay', { author: 'dev', files })
    const seen = await until(
      pay,
      (page) => done(page) && summary(page).includes('Learned on this pull request before'),
      'a summary that knows what waits',
    )
    expect(summary(seen)).toMatch(/Learned on this pull request before[\s\S]*HubSpot/)
    if (model !== null) expect(asked(0)).toContain('what earlier reviews of this')
  })

  test('another pull request recalls what was committed and nothing of what waits', async () => {
    const before = model?.journal.length ?? 0
    const other = await open('other', {
      'src/refund.ts':
        "import { stripe } from './stripe-client'\nexport const refund = (charge: string) => stripe.refunds.create({ charge, amount: 500 })\n",
    })
    const seen = await reviewed(other)
    expect(summary(seen)).toMatch(/Recalled:[\s\S]*`stripe\.md`: \d+ entr/)
    expect(summary(seen)).not.toContain('Learned on this pull request before')
    if (model === null) return
    expect(asked(before)).toContain('[Stripe](stripe.md)')
    expect(asked(before)).toContain('[candidate: seen once] ')
    expect(asked(before)).not.toContain('what earlier reviews of this pull request noted')
  })

  test("a maintainer's dismissal silences the finding, and the summary names its entry", async () => {
    const first = await world.conversation(shop, pay)
    const comment = first.reviews
      .flatMap((review) => review.comments)
      .find(({ path }) => path === 'src/crm.ts')
    const id = /tl-[0-9a-f]{12}/.exec(comment?.body ?? '')?.[0] ?? ''
    const answered = await say(pay, `/tech-lead dismiss ${id} ${REASON}`)
    entry = /m-[0-9a-f]{8}/.exec(answered.comments.at(-1)?.body ?? '')?.[0] ?? ''
    expect(answered.comments.at(-1)?.body).toContain('when this merges')
    const seen = await again(pay, (text) => text.includes('silenced'), 'a silenced finding')
    expect(summary(seen)).toContain('1 finding silenced by the memory')
    expect(summary(seen)).toContain(`\`${entry}\``)
    expect(summary(seen)).toContain('### Reviewed, 1 finding')
  })

  test('a stranger dismisses nothing', async () => {
    const text = '/tech-lead dismiss tl-000000 because I say so'
    world.comment(shop, pay.number, 'reader', text)
    const seen = await until(
      pay,
      ({ comments }) =>
        comments.some(({ body, reactions }) => body === text && reactions.length > 0),
      'a reaction',
    )
    expect(seen.comments.at(-1)?.body).toBe(text)
  })

  test('the merge commits what waited, cited where it stands now', async () => {
    await world.merge(shop, pay, 'dev')
    await eventually(
      () => waited.decisions.includes(entry),
      `the decision on main\n${server.log().slice(-3_000)}`,
      180_000,
      async () => {
        waited.decisions = await memory('decisions')
      },
    )
    expect(waited.decisions).toMatch(/Accepted: `[a-z-]+` in `src\/crm\.ts`: the proxy/)
    expect(waited.decisions).toContain(', dev in PR #1, ')
    expect(await memory('hubspot')).toMatch(/src\/crm\.ts[\s\S]*merged PR #1, /)
  })
  test('the same pattern is silent in another pull request, and speaks again once it is forgotten', async () => {
    const call = CRM.slice(CRM.indexOf('export')).replace('reportDeal', 'reportRefund')
    const later = await open('later', { 'src/crm.ts': `${CRM}\n${call}` })
    const silent = await until(
      later,
      (seen) => done(seen) && summary(seen).includes(entry),
      'a finding that the entry silences',
    )
    expect(silent.reviews).toEqual([])
    const answered = await say(later, `/tech-lead forget ${entry}`)
    expect(answered.comments.at(-1)?.body).toContain(`Forgotten: \`${entry}\``)
    expect(await memory('decisions')).not.toContain(entry)
    const loud = await again(later, (text) => /### Reviewed, 1 finding/.test(text), 'a finding')
    expect(summary(loud)).not.toContain('silenced by the memory')
  })

  test('an entry whose line has changed is only a question', async () => {
    const changed = (SHOP_FILES['src/stripe-client.ts'] ?? '').replace(
      'new Stripe(process',
      'makeStripe(process',
    )
    await world.push(shop, 'main', { author: 'dev', files: { 'src/stripe-client.ts': changed } })
    const before = model?.journal.length ?? 0
    const payouts = await open('asked', {
      'src/payout.ts':
        "import { stripe } from './stripe-client'\nexport const payOut = (amount: number) => stripe.payouts.create({ amount })\n",
    })
    await reviewed(payouts)
    const seen = await again(payouts, (text) => text.includes('Recalled:'), 'a summary')
    expect(summary(seen)).toMatch(/`stripe\.md`: \d+ entr[^\n]*only a question: `m-[0-9a-f]{8}`/)
    if (model !== null) expect(asked(before)).toContain('[suspect: its cited line has changed')
  })

  test('what a pull request taught is dropped when it closes unmerged', async () => {
    const gone = await open('gone', {
      'src/sms.ts':
        "import twilio from 'twilio'\nexport const sms = twilio(process.env.TWILIO_SID, process.env.TWILIO_AUTH_TOKEN)\n",
    })
    await reviewed(gone)
    await world.close(shop, gone, 'dev')
    await eventually(
      () => /"because":"memory dropped"/.test(server.log()),
      'a dropped memory',
      60_000,
    )
    expect(await memory('twilio')).toBe('')
  })

  test('nothing was forced, doubled or written too often', async () => {
    const commits = (await world.conversation(shop, pay)).defaultBranch.filter(({ message }) =>
      message.includes('docs(memory)'),
    )
    const times = (await shop.git.run(['log', '--format=%ct', '--grep=docs(memory)', 'main']))
      .trim()
      .split('\n')
      .map(Number)
      .sort((a, b) => a - b)
    for (let at = 2; at < times.length; at += 1) {
      expect((times[at] ?? 0) - (times[at - 2] ?? 0)).toBeGreaterThanOrEqual(59)
    }
    expect(commits.length).toBeGreaterThan(2)
    expect(world.violations).toEqual([])
    expect(model?.violations ?? []).toEqual([])
  })
}

describe('with rules alone', () => tellLife('rules'))
describe('with a scripted model', () => tellLife('claude'))

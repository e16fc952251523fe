import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Conversation } from '../world/github/conversation.ts'
import type { JournalEntry } from '../world/github/journal.ts'
import type { CheckRun, PullRequest, Repository } from '../world/github/state.ts'
import type { GitHubWorld } from '../world/github/world.ts'

/** Code that stood there before, and that a review of anything learns two facts about. */
const MAIL = `import sendgrid from '@sendgrid/mail'
sendgrid.setApiKey(process.env.SENDGRID_API_KEY ?? '')
export const send = (to: string) =>
  sendgrid.send({ to, from: 'a@b.example', text: 'hi', subject: 's' })
`

/** Three findings: each of its calls of `fetch` waits for ever. */
const CHARGE = `import Stripe from 'stripe'

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? '')

export async function charge(order: { id: string; cents: number }) {
  const rates = await fetch('https://openexchangerates.org/api/latest.json')
  if (!rates.ok) throw new Error(\`there are no rates: \${rates.status}\`)
  return stripe.paymentIntents.create(
    { amount: order.cents, currency: 'eur' },
    { idempotencyKey: \`order-\${order.id}\` },
  )
}

export async function tell(order: { id: string }) {
  const response = await fetch('https://api.hubapi.com/crm/v3/objects/deals', { method: 'POST', body: JSON.stringify(order) })
  if (!response.ok) throw new Error(\`HubSpot answered \${response.status}\`)
  const posted = await fetch('https://hooks.slack.com/services/deals', { method: 'POST', body: order.id })
  if (!posted.ok) throw new Error(\`Slack answered \${posted.status}\`)
  return response.json()
}
`

/** The same without the three. */
export const MENDED = `import Stripe from 'stripe'

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? '')

export async function charge(order: { id: string; cents: number }) {
  const rates = await fetch('https://openexchangerates.org/api/latest.json', {
    signal: AbortSignal.timeout(5_000),
  })
  if (!rates.ok) throw new Error(\`there are no rates: \${rates.status}\`)
  return stripe.paymentIntents.create(
    { amount: order.cents, currency: 'eur' },
    { idempotencyKey: \`order-\${order.id}\` },
  )
}

export async function tell(order: { id: string }) {
  const response = await fetch('https://api.hubapi.com/crm/v3/objects/deals', {
    method: 'POST',
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(5_000),
  })
  if (!response.ok) throw new Error(\`HubSpot answered \${response.status}\`)
  const posted = await fetch('https://hooks.slack.com/services/deals', {
    method: 'POST',
    body: order.id,
    signal: AbortSignal.timeout(5_000),
  })
  if (!posted.ok) throw new Error(\`Slack answered \${posted.status}\`)
  return response.json()
}
`

/** One pull request and where it lives. */
export interface Case {
  readonly repository: Repository
  readonly pull: PullRequest
}

/** A repository with existing integration code and a branch \`feature\` with three flaws. */
export async function createShop(world: GitHubWorld, name: string): Promise<Repository> {
  const repository = await world.createRepository({
    owner: 'acme',
    name: name.toLowerCase(),
    private: true,
    roles: { dev: 'write' },
    files: { 'README.md': '# shop\n', 'src/mail.ts': MAIL },
  })
  const files = { 'src/charge.ts': CHARGE }
  await world.push(repository, 'feature', { author: 'dev', message: 'pay', files })
  return repository
}

/** Opens one more pull request with the three flaws, from a branch of its own. */
export async function openIn(
  world: GitHubWorld,
  repository: Repository,
  branch: string,
): Promise<Case> {
  const files = { 'src/charge.ts': CHARGE }
  await world.push(repository, branch, { author: 'dev', message: 'pay', files })
  const order = { repository, head: branch, title: 'Charge', author: 'dev' }
  return { repository, pull: await world.openPullRequest(order) }
}

/** What differs between cases: a draft, or an order that is given right before the event. */
interface Opening {
  readonly draft?: boolean
  readonly order?: () => void
}

/** Opens a pull request with three flaws; its event is the first to arrive after the order. */
export async function openFlawed(
  world: GitHubWorld,
  name: string,
  { draft = false, order }: Opening = {},
): Promise<Case> {
  const repository = await createShop(world, name)
  await world.webhooks.idle()
  order?.()
  // As if a minute ago: what GitHub sent just now may still be on its way and is not asked for again.
  world.advance(-MINUTE_MS)
  const title = 'Charge'
  const pull = await world.openPullRequest({
    repository,
    head: 'feature',
    title,
    author: 'dev',
    draft,
  })
  world.advance(MINUTE_MS)
  return { repository, pull }
}

const MINUTE_MS = 60_000

/** How many requests of a world's journal a moment is after. */
export function mark(world: GitHubWorld): number {
  return world.journal.entries.length
}

function isAbout(entry: JournalEntry, { repository }: Case): boolean {
  const name = `${repository.owner.login}/${repository.name}`
  if (entry.path.includes(`/repos/${name}/`)) return true
  const asked = JSON.stringify(entry.body ?? '')
  return entry.path === '/graphql' && asked.includes(`"${repository.name}"`)
}

/** What was asked of a pull request's repository since a mark. */
export function asked(world: GitHubWorld, one: Case, since = 0): readonly JournalEntry[] {
  return world.journal.entries.slice(since).filter((entry) => isAbout(entry, one))
}

const QUIET_MS = 1_200

export function ownChecks(world: GitHubWorld, { repository, pull }: Case): readonly CheckRun[] {
  return repository.checkRuns.filter(
    (check) => check.appId === world.app.id && pull.heads.includes(check.headSha),
  )
}

/**
 * Waits until somebody has looked at the pull request since the mark, its newest head has a
 * completed check, and nothing more is asked of its repository.
 */
export async function settled(
  world: GitHubWorld,
  one: Case,
  since = 0,
  limitMs = 60_000,
): Promise<void> {
  const until = Date.now() + limitMs
  const isDone = () =>
    asked(world, one, since).length > 0 &&
    ownChecks(world, one).some(
      ({ headSha, status }) => headSha === one.pull.head.sha && status === 'completed',
    )
  let seen = -1
  while (Date.now() < until) {
    const now = asked(world, one).length
    if (isDone() && now === seen) return
    seen = now
    await sleep(QUIET_MS)
  }
  const rows = asked(world, one).map(
    ({ route, graphql, status }) => `${graphql ?? route} ${status}`,
  )
  throw new Error(`the review never settled:\n${rows.join('\n')}`)
}

const ADDED_LINES = [6, 15, 17]

/**
 * What people see after one review of the flawed head, whatever happened on the way: one completed
 * check, one review with its three comments, one summary, and at most one commit that says which
 * run it is of.
 */
export async function expectReviewedOnce(
  world: GitHubWorld,
  one: Case,
  expected: { readonly commits?: number } = {},
): Promise<Conversation> {
  const { repository, pull } = one
  const bot = world.bot.login
  const seen = await world.conversation(repository, pull)
  expect(
    seen.checks.map(({ headSha, status, title }) => ({ headSha, status, title })),
  ).toStrictEqual([{ headSha: seen.headSha, status: 'completed', title: 'Reviewed, 3 findings' }])
  expect(seen.reviews.map(({ author, state }) => `${author} ${state}`)).toStrictEqual([
    `${bot} COMMENTED`,
  ])
  expect(seen.reviews.flatMap(({ comments }) => comments.map(({ line }) => line))).toStrictEqual(
    ADDED_LINES,
  )
  expect(seen.threads).toHaveLength(3)
  expect(seen.comments.filter(({ author }) => author === bot)).toHaveLength(1)
  const [check] = ownChecks(world, one)
  const commits = seen.defaultBranch.filter(({ author }) => author.name === bot)
  expect(commits.map(({ message }) => /^Tech-Lead-Run: (.*)$/m.exec(message)?.[1])).toStrictEqual(
    Array.from({ length: expected.commits ?? 1 }, () => check?.externalId),
  )
  expect(world.violations).toStrictEqual([])
  return seen
}

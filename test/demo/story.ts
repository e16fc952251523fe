import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerProcess, WEBHOOK_SECRET } from '../support/server-process.ts'
import type { PullRequest, Repository } from '../world/github/state.ts'
import type { GitHubWorld } from '../world/github/world.ts'
import { DemoFailure } from './failure.ts'
import { readShop } from './read-shop.ts'
import type { Delivered, Reviewed, Scene } from './scene.ts'
import { changedFiles, showCommit } from './show-commit.ts'

/** What the story is played with. */
export interface Stage {
  readonly world: GitHubWorld
  readonly server: ServerProcess
  /** How long one review may take, in milliseconds. */
  readonly patienceMs: number
  /** How long the server took to start. */
  readonly startSeconds: number
  readonly show: (scene: Scene) => void
}

const OWNER = 'acme'
const NAME = 'shop'
const BRANCH = 'stripe-webhooks'
const AUTHOR = 'dana'
const MAINTAINER = 'lena'
const TITLE = 'Take Stripe webhooks, keep contacts in HubSpot'
const BODY = [
  'Orders are marked as paid when Stripe says so, and the customer gets the receipt at once.',
  'The contact in HubSpot is updated with the last order.',
].join('\n')
const FIX = 'Verify and deduplicate Stripe events, bound the calls to HubSpot'

interface Story extends Stage {
  readonly shop: Repository
}

interface OpenStory extends Story {
  readonly pull: PullRequest
}

/** Plays the whole life of one pull request, from an empty memory to the merge. */
export async function playStory(stage: Stage): Promise<void> {
  const story = await openShop(stage)
  const opened = await openPullRequest(story)
  const tip = await tipOf(story)
  stage.show({ kind: 'reviewed', first: true, review: await review(opened, []) })
  await showMemory(story, tip, 'review')
  await pushFix(opened)
  await mergeIt(opened)
  stage.show({ kind: 'counted', counts: countsOf(stage.world) })
}

async function openShop(stage: Stage): Promise<Story> {
  const { world, server } = stage
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
  const files = await readShop('before')
  const shop = await world.createRepository({
    owner: OWNER,
    name: NAME,
    private: true,
    roles: { [AUTHOR]: 'write', [MAINTAINER]: 'maintain' },
    files: { ...files },
  })
  const { startSeconds } = stage
  stage.show({
    kind: 'shop',
    repository: `${OWNER}/${NAME}`,
    files: Object.keys(files),
    startSeconds,
  })
  return { ...stage, shop }
}

async function openPullRequest(story: Story): Promise<OpenStory> {
  const { world, shop } = story
  const files = await readShop('change')
  const sha = await world.push(shop, BRANCH, {
    author: AUTHOR,
    message: TITLE,
    files: { ...files },
  })
  const pull = await world.openPullRequest({
    repository: shop,
    head: BRANCH,
    title: TITLE,
    body: BODY,
    author: AUTHOR,
  })
  story.show({
    kind: 'opened',
    author: AUTHOR,
    title: TITLE,
    body: BODY,
    number: pull.number,
    branch: BRANCH,
    sha,
    files: await changedFiles(shop.git, 'main', BRANCH),
    delivered: await delivered(story, 'pull_request', 'opened'),
  })
  return { ...story, pull }
}

async function pushFix(story: OpenStory): Promise<void> {
  const { world, shop, pull, show } = story
  const said = (await world.conversation(shop, pull)).reviews.map((each) => each.id)
  const before = pull.head.sha
  const tip = await tipOf(story)
  const files = await readShop('fix')
  const sha = await world.push(shop, BRANCH, { author: AUTHOR, message: FIX, files: { ...files } })
  show({
    kind: 'pushed',
    author: AUTHOR,
    message: FIX,
    sha,
    files: await changedFiles(shop.git, before, sha),
    delivered: await delivered(story, 'pull_request', 'synchronize'),
  })
  show({ kind: 'reviewed', first: false, review: await review(story, said) })
  if ((await tipOf(story)) !== tip) await showMemory(story, tip, 'push')
}

async function mergeIt(story: OpenStory): Promise<void> {
  const { world, shop, pull, server } = story
  const sha = await world.merge(shop, pull, MAINTAINER)
  await world.webhooks.idle()
  story.show({ kind: 'merged', by: MAINTAINER, sha })
  await until(story, 'the merge was settled', () =>
    /"kind":"settle".*"msg":"job tried"/.test(server.log()),
  )
  await showMemory(story, sha, 'merge')
}

/** Waits for the check of the newest head and reads what was written about it. */
async function review(story: OpenStory, said: readonly number[]): Promise<Reviewed> {
  const { world, shop, pull } = story
  const started = performance.now()
  const sha = pull.head.sha
  const isOurs = (run: Repository['checkRuns'][number]) =>
    run.appId === world.app.id && run.headSha === sha && run.status === 'completed'
  await until(story, `the check of ${sha.slice(0, 7)} was completed`, () =>
    shop.checkRuns.some(isOurs),
  )
  const seconds = (performance.now() - started) / 1000
  await world.webhooks.idle()
  const seen = await world.conversation(shop, pull)
  const check = seen.checks.find((each) => each.headSha === sha && each.byApp)
  if (check === undefined) throw new DemoFailure('The server completed no check run.')
  // GitHub keeps each answer in a thread as a review of its own; only the first comments are new.
  const first = new Set(world.threads(pull).map((thread) => thread.comments[0]?.id))
  const fresh = seen.reviews
    .filter((each) => !said.includes(each.id))
    .filter((each) => each.comments.some((comment) => first.has(comment.id)))
  return {
    sha,
    seconds,
    check,
    comments: fresh.flatMap((each) => each.comments.filter((one) => first.has(one.id))),
    threads: seen.threads,
    summary: seen.comments.find((each) => each.author === world.bot.login)?.body ?? null,
  }
}

async function showMemory(
  story: Story,
  before: string,
  after: 'review' | 'push' | 'merge',
): Promise<void> {
  const tip = await tipOf(story)
  const commit = tip === before ? null : await showCommit(story.shop.git, tip)
  story.show({ kind: 'remembered', after, commit })
}

async function tipOf({ shop }: Story): Promise<string> {
  return (await shop.git.resolve('refs/heads/main')) ?? ''
}

async function delivered({ world }: Stage, event: string, action: string): Promise<Delivered> {
  await world.webhooks.idle()
  const found = world.webhooks.log.findLast(
    (each) => each.event === event && each.action === action,
  )
  if (found === undefined) throw new DemoFailure(`GitHub sent no ${event}.${action} webhook.`)
  const { statusCode, duration } = found
  if (statusCode < 200 || statusCode > 299)
    throw new DemoFailure(`The server answered the webhook ${event}.${action} with ${statusCode}.`)
  return { event: `${event}.${action}`, statusCode, milliseconds: Math.round(duration * 1000) }
}

async function until(
  { server, patienceMs }: Stage,
  what: string,
  look: () => boolean,
): Promise<void> {
  const end = performance.now() + patienceMs
  while (!look()) {
    if (server.child.exitCode !== null)
      throw new DemoFailure(`The server ended before ${what}. ${lastWords(server.log())}`)
    if (performance.now() > end)
      throw new DemoFailure(
        `${patienceMs / 1000} seconds went by before ${what}. ${lastWords(server.log())}`,
      )
    await sleep(20)
  }
}

/** The last warning or error of a log, in one line. */
export function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '')
  const loud = lines.findLast((line) => /"level":(?:[4-6]0|"(?:warn|error|fatal)")/.test(line))
  const words = (loud ?? lines.at(-1) ?? '').slice(0, 400)
  return words === '' ? 'It said nothing.' : `Its last words: ${words}`
}

function countsOf({ journal, webhooks, violations }: GitHubWorld) {
  return {
    calls: journal.calls().length,
    writes: journal.writes().length,
    webhooks: webhooks.log.length,
    violations: violations.map((each) => JSON.stringify(each)),
  }
}

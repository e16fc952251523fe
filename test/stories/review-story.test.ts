import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
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
import { FLAWED, MENDED, SHOP_FILES } from './shop.ts'

type Seen = Awaited<ReturnType<GitHubWorld['conversation']>>
type Shop = Awaited<ReturnType<GitHubWorld['createRepository']>>
type Pull = Awaited<ReturnType<GitHubWorld['openPullRequest']>>

const REVIEWS = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
const FOLDER = '.claude/agent-memory/integrations-tech-lead'

vi.setConfig({ testTimeout: 60_000 })

interface Story {
  readonly world: GitHubWorld
  readonly server: ServerProcess
  readonly shop: Shop
  readonly pull: Pull
}

/** Waits until the check of the newest head is completed and everything after it has settled. */
async function settled(story: Story, title: RegExp): Promise<Seen> {
  const { world, shop, pull } = story
  let seen = await world.conversation(shop, pull)
  await eventually(
    () =>
      seen.checks.some(
        (check) =>
          check.headSha === seen.headSha &&
          check.status === 'completed' &&
          title.test(check.title ?? ''),
      ),
    `a completed check ${title}; the server said:\n${story.server.log()}`,
    45_000,
    async () => {
      seen = await world.conversation(shop, pull)
    },
  )
  await world.webhooks.idle()
  return world.conversation(shop, pull)
}

/** A file of the default branch, by git itself. */
const onMain = (shop: Shop, path: string) => shop.git.run(['show', `main:${path}`])

const memoryCommits = (seen: Seen) =>
  seen.defaultBranch.filter((commit) => commit.message.includes('Tech-Lead-'))

function tellStory(reviewer: 'rules' | 'claude', store: 'embedded' | 'postgres'): void {
  let world: GitHubWorld
  let model: ModelWorld | null = null
  let postgres: PostgresServer | null = null
  let story: Story
  let first: Seen

  beforeAll(async () => {
    world = await createGitHubWorld()
    const env: Record<string, string> = {}
    if (store === 'postgres') {
      postgres = await startPostgres()
      env['DATABASE_URL'] = await postgres.database('story')
    }
    if (reviewer === 'claude') {
      model = await createModelWorld({ script: scriptedReviewer })
      env['ANTHROPIC_API_KEY'] = model.apiKey
      env['ANTHROPIC_BASE_URL'] = model.baseUrl
    }
    const dataDir = await removedAtExit(usedDataDir())
    const server = await startServer(world, { dataDir, env })
    world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
    const shop = await world.createRepository({
      owner: 'acme',
      name: 'shop',
      private: true,
      files: SHOP_FILES,
      roles: { dev: 'write' },
    })
    await world.push(shop, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
    const pull = await world.openPullRequest({
      repository: shop,
      head: 'pay',
      title: 'Take payments',
      author: 'dev',
    })
    story = { world, server, shop, pull }
    first = await settled(story, /./)
  }, 120_000)

  afterAll(async () => {
    await story?.server.stop()
    await model?.close()
    await postgres?.stop()
    await world?.stop()
  }, 60_000)

  test('a signed delivery is acknowledged only after it is durable', () => {
    expect(world.webhooks.log.length).toBeGreaterThan(0)
    expect(world.webhooks.log.filter((delivery) => delivery.status !== 'OK')).toEqual([])
  })

  test('there is exactly one check run, completed, that says what was found', () => {
    expect(first.checks.map((check) => [check.status, check.conclusion, check.title])).toEqual([
      ['completed', 'success', 'Reviewed, 2 findings'],
    ])
  })

  test('there is exactly one review, as a comment, and each of its comments anchors', () => {
    expect(first.reviews.map((review) => review.state)).toEqual(['COMMENTED'])
    const places = first.reviews.flatMap((review) => review.comments.map((c) => [c.path, c.line]))
    expect(places.sort()).toEqual([
      ['src/charge.ts', 4],
      ['src/crm.ts', 8],
    ])
    expect(world.journal.requests(REVIEWS).map((request) => request.status)).toEqual([200])
  })

  test('there is exactly one sticky summary', () => {
    expect(first.comments.map((comment) => comment.author)).toEqual(['integrations-tech-lead[bot]'])
    expect(first.comments[0]?.body).toContain('### Reviewed, 2 findings')
  })

  test('what was learned about existing code is committed at once, in one commit', async () => {
    const [commit, ...more] = memoryCommits(first)
    expect(more).toEqual([])
    expect(commit?.author.name).toBe('integrations-tech-lead[bot]')
    const learned = await onMain(story.shop, `${FOLDER}/stripe.md`)
    expect(learned).toContain('src/stripe-client.ts:3')
    expect(learned).not.toContain('src/charge.ts')
    expect(await onMain(story.shop, `${FOLDER}/MEMORY.md`)).toContain('stripe.md')
  })

  test('a push with the fix settles the threads and repeats nothing', async () => {
    await world.push(story.shop, 'pay', { author: 'dev', message: 'Mend', files: MENDED })
    const second = await settled(story, /no findings/)
    expect(second.reviews).toHaveLength(1)
    expect(second.threads.map((thread) => thread.isResolved)).toEqual([true, true])
    expect(second.comments).toHaveLength(1)
    expect(second.comments[0]?.body).toContain('### Reviewed, no findings')
    expect(second.checks.filter((check) => check.status !== 'completed')).toEqual([])
  })

  test('after the merge the rest is committed, in one commit', async () => {
    const before = memoryCommits(await world.conversation(story.shop, story.pull)).length
    await world.merge(story.shop, story.pull, 'dev')
    let seen = await world.conversation(story.shop, story.pull)
    await eventually(
      () => memoryCommits(seen).length > before,
      `a commit after the merge\n${story.server.log()}`,
      30_000,
      async () => {
        seen = await world.conversation(story.shop, story.pull)
      },
    )
    expect(memoryCommits(seen)).toHaveLength(before + 1)
    expect(await onMain(story.shop, `${FOLDER}/hubspot.md`)).toContain('src/crm.ts')
  })

  test('nothing that was sent breaks the published contract of GitHub or of the model', () => {
    expect(world.violations).toEqual([])
    expect(model?.violations ?? []).toEqual([])
  })

  test('no token that can write is used before the plan is frozen, and none for another repository', () => {
    const reads = world.journal
      .calls()
      .filter((call) => call.method === 'GET' || call.graphql?.startsWith('query'))
    const writers = reads.filter(
      (call) =>
        call.caller.kind === 'installation' && call.caller.permissions['contents'] === 'write',
    )
    const first = world.journal.requests(REVIEWS)[0]?.number ?? 0
    expect(writers.filter((call) => call.number < first)).toEqual([])
  })
}

describe('rules alone, embedded store', () => tellStory('rules', 'embedded'))
describe('a scripted model, embedded store', () => tellStory('claude', 'embedded'))
describe.skipIf(postgresMissing() !== null)('rules alone, Postgres', () =>
  tellStory('rules', 'postgres'),
)
describe.skipIf(postgresMissing() !== null)('a scripted model, Postgres', () =>
  tellStory('claude', 'postgres'),
)

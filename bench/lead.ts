import { FLAWED, SHOP_FILES } from '../test/stories/shop.ts'
import { embeddedDataDir } from '../test/support/embedded-data-dir.ts'
import { startServer, WEBHOOK_SECRET } from '../test/support/server-process.ts'
import { at, repositoryClient } from '../test/world/github/client.ts'
import { createGitHubWorld, type GitHubWorld } from '../test/world/github/world.ts'
import { createModelWorld, type ModelWorld } from '../test/world/model/model-world.ts'
import { holding, linesOf, textOf } from '../test/world/model/scripted-reviewer.ts'
import { outputOf } from '../test/world/model/send-turn.ts'
import { call, calling, type SeenRequest, type Turn } from '../test/world/model/turns.ts'
import type { Case, Row } from './case.ts'
import { median } from './measure.ts'

/** What the stand-ins take for an answer, in milliseconds. */
const GITHUB_MS = 60
const MODEL = { firstMs: 1_000, tokenMs: 2 }
const RUNS = 3
const MOST = { confirmed: 1.5, refuted: 2.2, gapMs: 20 }

const REVIEWS = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
const COMMENTS = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const CHECKS = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'

/** What the reviewer is sure of: a payment that the matrix knows to be unrepeatable, or a mere suspicion. */
type Kind = 'confirmed' | 'suspected'

/** A review in one turn: two findings on added lines, and the closing words. */
function reviewInOneTurn(request: SeenRequest, kind: Kind): Turn {
  if (request.tools.includes('judge_findings')) return holding(request)
  const lines = linesOf(textOf(request, 0))
  const reported = [/paymentIntents\.create/, /fetch\(/].flatMap((sees) => {
    const line = lines.find(({ sign, text }) => sign === '+' && sees.test(text))
    return line === undefined ? [] : [finding(line, kind, sees.source.startsWith('fetch'))]
  })
  return calling(...reported, CLOSING())
}

function finding(
  { path, anchor }: { readonly path: string; readonly anchor: string },
  kind: Kind,
  waits: boolean,
) {
  const sure = waits ? 'timeout' : 'idempotency'
  return call('report_finding', {
    class: kind === 'confirmed' ? sure : 'data-mapping',
    ...{ impact: 'serious', likelihood: 'possible', path, anchor, evidence: [{ path, anchor }] },
    title: waits ? 'A call that may never end' : 'A payment that may happen twice',
    scenario:
      'The provider accepts the request and the answer is lost, so the caller sends it again.',
    fix: 'Pass a key that is derived from the order and stays the same over all attempts.',
  })
}

const CLOSING = () =>
  call('finish_review', {
    summary: 'The change takes payments and reports deals.',
    risk: 'high',
    complexity: 'low',
  })

/** A review in six turns of which none needs anything from GitHub. */
function reviewInTurns(request: SeenRequest): Turn {
  const turn = request.messages.filter(({ role }) => role === 'assistant').length
  if (turn === 0) return calling(call('memory', { command: 'view', path: '/memories' }))
  if (turn > 4) return calling(CLOSING())
  return calling(call('read_file', { path: 'src/charge.ts', offset: turn, limit: 3 }))
}

interface Stage {
  readonly world: GitHubWorld
  readonly model: ModelWorld
}

/** The real server against the stand-ins. `review` gives the milliseconds up to its last comment. */
async function withServer<T>(
  { world, model }: Stage,
  work: (review: () => Promise<number>) => Promise<T>,
): Promise<T> {
  const dataDir = await embeddedDataDir()
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  const server = await startServer(world, { dataDir: dataDir.path, env })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
  let count = 0
  const review = async () => {
    count += 1
    await openPull(world, `shop-${count}`)
    const startedAt = world.webhooks.log.at(-1)?.at ?? 0
    await concluded(world, count)
    const posted = [...world.journal.requests(REVIEWS), ...world.journal.requests(COMMENTS)]
    const last = Math.max(...posted.map((entry) => entry.at)) + GITHUB_MS
    return last - startedAt
  }
  try {
    return await work(review)
  } finally {
    await server.stop()
    await dataDir.remove()
  }
}

async function openPull(world: GitHubWorld, name: string) {
  const order = { owner: 'acme', name, private: true, files: { ...SHOP_FILES } }
  const repository = await world.createRepository({ ...order, roles: { dev: 'write' } })
  await world.push(repository, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
  world.journal.clear()
  const words = { title: 'Take payments', author: 'dev' }
  return { repository, pull: await world.openPullRequest({ repository, head: 'pay', ...words }) }
}

async function concluded(world: GitHubWorld, count: number): Promise<void> {
  const until = performance.now() + 30_000
  while (world.journal.requests(CHECKS).every(({ status }) => status === 0)) {
    if (performance.now() > until) throw new Error(`review ${count} did not end`)
    await new Promise((done) => setTimeout(done, 20))
  }
}

/** The least that a correct reviewer must do, with a token that it has: two reads, a turn, a review. */
async function floor({ world, model }: Stage, name: string): Promise<number> {
  world.sendTo('http://127.0.0.1:9/nowhere', WEBHOOK_SECRET)
  const { repository, pull } = await openPull(world, name)
  const octokit = await repositoryClient(world, repository)
  const target = { ...at(repository), pull_number: pull.number }
  const startedAt = performance.now()
  const { data: files } = await octokit.rest.pulls.listFiles(target)
  const blobs = files.map(
    ({ sha }, index) => `b${index}: object(oid: "${sha}") { ... on Blob { text } }`,
  )
  const { owner, repo } = target
  const texts = await octokit.graphql(
    `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${blobs.join(' ')} } }`,
    { owner, name: repo },
  )
  await askOnce(model, JSON.stringify([files.map(({ patch }) => patch), texts]))
  await octokit.rest.pulls.createReview({
    ...target,
    event: 'COMMENT',
    body: 'Two findings.',
    comments: Object.keys(FLAWED).map((path) => ({
      path,
      line: 4,
      side: 'RIGHT',
      body: 'A finding.',
    })),
  })
  return performance.now() - startedAt
}

async function askOnce({ baseUrl, apiKey }: ModelWorld, text: string): Promise<void> {
  const response = await fetch(`${baseUrl}/v1/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      'x-api-key': apiKey,
    },
    body: JSON.stringify({
      ...{ model: 'claude-opus-5-5', max_tokens: 16_000, stream: true },
      messages: [{ role: 'user', content: text }],
    }),
  })
  if (!response.ok) throw new Error(`the stand-in answered ${response.status}`)
  await response.text()
}

async function speed(): Promise<readonly Row[]> {
  const world = await createGitHubWorld({ latencyMs: GITHUB_MS })
  const model = await createModelWorld({ latency: MODEL })
  const stage = { world, model }
  try {
    const times = await withServer(stage, async (review) => {
      const timesOf = async (kind: Kind) => {
        model.play((request) => reviewInOneTurn(request, kind))
        const measured: number[] = []
        for (let run = 0; run < RUNS; run += 1) measured.push(await review())
        return median(measured)
      }
      const [confirmed, suspected] = [await timesOf('confirmed'), await timesOf('suspected')]
      model.play(reviewInTurns)
      const before = model.journal.length
      await review()
      const turns = model.journal.slice(before)
      const gaps = turns.slice(1).map((turn, index) => turn.at - (turns[index]?.answeredAt ?? 0))
      return { confirmed, suspected, gap: median(gaps) }
    })
    const asked = model.journal.map(({ turn }) => (turn.kind === 'answer' ? outputOf(turn) : 0))
    const [first = 0] = asked
    model.play(() => ({
      kind: 'answer',
      content: [{ type: 'text', text: 'Two.' }],
      stop: 'end_turn',
      outputTokens: first,
    }))
    const floors: number[] = []
    for (let run = 0; run < RUNS; run += 1) floors.push(await floor(stage, `floor-${run}`))
    const baseline = { name: 'floor: two reads, one turn, one review', figure: median(floors) }
    if (world.violations.length + model.violations.length > 0)
      throw new Error(JSON.stringify([world.violations, model.violations]))
    return [
      {
        ...{ name: 'webhook to last comment', figure: times.confirmed, unit: 'ms', baseline },
        limit: { kind: 'ratio', most: MOST.confirmed },
      },
      {
        ...{
          name: 'the same with a second opinion',
          figure: times.suspected,
          unit: 'ms',
          baseline,
        },
        limit: { kind: 'ratio', most: MOST.refuted },
      },
      {
        ...{ name: 'between two turns', figure: times.gap, unit: 'ms' },
        baseline: { name: 'a turn', figure: MODEL.firstMs },
        limit: { kind: 'figure', most: MOST.gapMs },
      },
    ]
  } finally {
    await model.close()
    await world.stop()
  }
}

/** How long a person waits for a review, and how much of it is ours. */
export const lead: Case = { speed }

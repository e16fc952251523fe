import { getPriority, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { createShop } from '../test/faults/flawed-pull-request.ts'
import { setup, teardown } from '../test/support/run-folder-setup.ts'
import type { Repository } from '../test/world/github/state.ts'
import type { GitHubWorld } from '../test/world/github/world.ts'
import type { Case, Row } from './case.ts'
import { type Answers, quantile } from './doors/load.ts'
import { processorTime } from './doors/processor-time.ts'
import { startSender } from './doors/sender-process.ts'
import { answeringGitHub, letters, type Receiver, silentGitHub, stand } from './doors/standing.ts'

const CONNECTIONS = 32
/** Until the embedded Postgres is compiled for speed. */
const WARM_UP_MS = 15_000
const ROUND_MS = 5_000
/**
 * Of the bare server, which keeps nothing: measured on two cores that the sender, the database and
 * the reviews share. Below it the door has become slower.
 */
const LEAST = 0.15

interface Measured {
  readonly answers: Answers
  /** Milliseconds of processor time for one delivery. */
  readonly work: number
}

async function measure(kind: Receiver): Promise<Measured> {
  const world = await silentGitHub()
  const post = await letters(world)
  const standing = await stand(kind, world)
  const sender = await startSender()
  try {
    await sender.flood(standing.port, post, { connections: CONNECTIONS, forMs: WARM_UP_MS })
    const before = processorTime(standing.pid)
    const answers = await sender.flood(standing.port, post, {
      connections: CONNECTIONS,
      forMs: ROUND_MS,
    })
    const spent = processorTime(standing.pid) - before
    return { answers, work: spent / answers.accepted.length }
  } finally {
    await sender.stop()
    await standing.stop()
    await world.stop()
  }
}

function rowsOf(name: string, one: Measured, bare: Measured, least: number): readonly Row[] {
  const baseline = { name: 'node:http and HMAC, keeps nothing' }
  const { perSecond, times } = one.answers
  return [
    {
      name: `${name}, deliveries`,
      ...{ figure: perSecond, unit: '/s' },
      baseline: { ...baseline, figure: bare.answers.perSecond },
      limit: { kind: 'ratio', least },
    },
    ...[0.5, 0.99].map(
      (share): Row => ({
        name: `${name}, p${share * 100} of the answer`,
        ...{ figure: quantile(times, share), unit: 'ms' },
        baseline: { ...baseline, figure: quantile(bare.answers.times, share) },
        limit: { kind: 'figure', most: 10_000 },
      }),
    ),
    {
      name: `${name}, processor time of a delivery`,
      ...{ figure: one.work, unit: 'ms' },
      baseline: { ...baseline, figure: bare.work },
      limit: { kind: 'figure', most: 100 },
    },
  ]
}

const REVIEWS = 12
/** As `nice` counts. */
const BEHIND_SERVER = 10
/** Longer than they take on two cores. */
const REVIEWING_MS = 10_000
const LONGEST_REVIEWING_MS = 60_000
const PER_SECOND = 20
/** How often reviews are in hand while deliveries arrive, after the first time in a process. */
const ROUNDS = 3
/** What GitHub may be kept waiting while reviews run, in milliseconds. */
const MOST_MS = 100
/** GitHub itself waits ten seconds. */
const MOST_AT_FIRST_MS = 1_000

/** Deliveries that arrive evenly, with reviews in hand and with none. */
async function whileReviewing(kind: Receiver): Promise<readonly Row[]> {
  const world = await answeringGitHub()
  const post = await letters(world)
  const standing = await stand(kind, world)
  const sender = await startSender()
  const steady = { perSecond: PER_SECOND, forMs: ROUND_MS }
  try {
    await sender.trickle(standing.port, post, steady)
    const idle = await sender.trickle(standing.port, post, steady)
    standing.receiveFrom(world)
    // GitHub would not share the processors with the server; its stand-in, in this process, does.
    setPriority(getPriority() + BEHIND_SERVER)
    const load = { ...steady, forMs: REVIEWING_MS }
    const rounds: (readonly number[])[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const shops = await openShops(world, `shop-${round}`)
      rounds.push((await sender.trickle(standing.port, post, load)).times)
      await untilReviewed(world, shops)
    }
    const [first = [], ...later] = rounds
    const row = (name: string, times: readonly number[], most: number): Row => ({
      name: `${kind}, p99 of the answer while ${name}`,
      ...{ figure: quantile(inOrder(times), 0.99), unit: 'ms' },
      baseline: { name: 'with no review', figure: quantile(idle.times, 0.99) },
      limit: { kind: 'figure', most },
    })
    return [
      row('the first reviews of a process run', first, MOST_AT_FIRST_MS),
      row('reviews run', later.flat(), MOST_MS),
    ]
  } finally {
    await sender.stop()
    await standing.stop()
    await world.stop()
  }
}

const inOrder = (times: readonly number[]) => times.toSorted((a, b) => a - b)

/** Repositories, each with a pull request whose review begins at once. */
async function openShops(world: GitHubWorld, name: string): Promise<readonly Repository[]> {
  const shops: Repository[] = []
  for (let index = 0; index < REVIEWS; index += 1)
    shops.push(await createShop(world, `${name}-${index}`))
  for (const repository of shops)
    await world.openPullRequest({ repository, head: 'feature', title: 'Charge', author: 'dev' })
  return shops
}

async function untilReviewed(world: GitHubWorld, shops: readonly Repository[]): Promise<void> {
  const until = performance.now() + LONGEST_REVIEWING_MS
  const isDone = ({ checkRuns }: Repository) =>
    checkRuns.some(({ appId, status }) => appId === world.app.id && status === 'completed')
  while (!shops.every(isDone)) {
    if (performance.now() > until)
      throw new Error(`only ${shops.filter(isDone).length} of ${shops.length} were reviewed`)
    await sleep(100)
  }
}

async function inRunFolder<T>(work: () => Promise<T>): Promise<T> {
  setup()
  try {
    return await work()
  } finally {
    teardown()
  }
}

/** Taking deliveries in: 25 KB each over 32 connections, as fast as they are answered. */
export const intake: Case = {
  // Each in a process of its own: what it starts after it has stood back stands back as well.
  embeddedReviews: () => inRunFolder(() => whileReviewing('embedded')),
  postgresReviews: () => inRunFolder(() => whileReviewing('postgres')),
  flood: () =>
    inRunFolder(async () => {
      const bare = await measure('bare')
      const probot = await measure('probot')
      const embedded = await measure('embedded')
      const postgres = await measure('postgres')
      return [
        ...rowsOf('Probot, keeps nothing', probot, bare, 0),
        ...rowsOf('ours, embedded store', embedded, bare, LEAST),
        ...rowsOf('ours, Postgres', postgres, bare, LEAST),
      ]
    }),
}

import { createShop } from '../test/faults/flawed-pull-request.ts'
import { setup, teardown } from '../test/support/run-folder-setup.ts'
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
/** About as long as they take. */
const REVIEWING_MS = 10_000
const PER_SECOND = 20
/** Reviews in hand so many times; before that once, until their code is compiled. */
const ROUNDS = 3
/** What GitHub may be kept waiting while reviews run, in milliseconds. */
const MOST_MS = 100

/** Deliveries that arrive evenly, with reviews in hand and with none. */
async function whileReviewing(kind: Receiver): Promise<Row> {
  const world = await answeringGitHub()
  const post = await letters(world)
  const standing = await stand(kind, world)
  const sender = await startSender()
  const steady = { perSecond: PER_SECOND, forMs: ROUND_MS }
  const busyTimes = async (round: number): Promise<readonly number[]> => {
    for (let index = 0; index < REVIEWS; index += 1) {
      const repository = await createShop(world, `shop-${round}-${index}`)
      await world.openPullRequest({ repository, head: 'feature', title: 'Charge', author: 'dev' })
    }
    const load = { ...steady, forMs: REVIEWING_MS }
    return (await sender.trickle(standing.port, post, load)).times
  }
  try {
    await sender.trickle(standing.port, post, steady)
    const idle = await sender.trickle(standing.port, post, steady)
    standing.receiveFrom(world)
    await busyTimes(0)
    const busy: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) busy.push(...(await busyTimes(round)))
    return {
      name: `${kind}, p99 of the answer while reviews run`,
      ...{
        figure: quantile(
          busy.sort((a, b) => a - b),
          0.99,
        ),
        unit: 'ms',
      },
      baseline: { name: 'with no review', figure: quantile(idle.times, 0.99) },
      limit: { kind: 'figure', most: MOST_MS },
    }
  } finally {
    await sender.stop()
    await standing.stop()
    await world.stop()
  }
}

/** Taking deliveries in: 25 KB each over 32 connections, as fast as they are answered. */
export const intake: Case = {
  reviews: async () => {
    setup()
    try {
      return [await whileReviewing('embedded'), await whileReviewing('postgres')]
    } finally {
      teardown()
    }
  },
  flood: async () => {
    setup()
    try {
      const bare = await measure('bare')
      const probot = await measure('probot')
      const embedded = await measure('embedded')
      const postgres = await measure('postgres')
      return [
        ...rowsOf('Probot, keeps nothing', probot, bare, 0),
        ...rowsOf('ours, embedded store', embedded, bare, LEAST),
        ...rowsOf('ours, Postgres', postgres, bare, LEAST),
      ]
    } finally {
      teardown()
    }
  },
}

import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run as startGraphile } from 'graphile-worker'
import * as z from 'zod'
import type { Job } from '#core/job/job'
import type { JobOutcome } from '#store/jobs'
import { openStore } from '#store/open-store'
import { reviewJob } from '../test/support/fake-run.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { setup, teardown } from '../test/support/run-folder-setup.ts'
import type { Case, Row } from './case.ts'
import { quantile } from './doors/load.ts'
import { createRandom } from './random.ts'

const JOBS = 400
const WARM_UP = 20
/** Between two jobs, 5 to 45 ms: none waits for another, and none comes at a beat. */
const PAUSE_MS = { least: 5, spread: 40 }
const WORKERS = 4
const MOST_MS = 50

/** A queue that is measured: `add` queues job number `index`, whose start calls `started(index)`. */
interface Measured {
  add(index: number): Promise<unknown>
  stop(): Promise<unknown>
}

type Started = (index: number) => void
const Payload = z.object({ index: z.int() })

/** From the moment before a job is handed over to the moment its work begins, on one Postgres. */
export const queue: Case = {
  started: async () => {
    setup()
    const postgres = await startPostgres()
    try {
      const ours = openOurs(await postgres.database('ours'))
      const theirs = openGraphile(await postgres.database('theirs'))
      return rowsOf(await waitsOf(ours), await waitsOf(theirs))
    } finally {
      await postgres.stop()
      teardown()
    }
  },
}

/** The store as a server opens it. */
function openOurs(databaseUrl: string): (started: Started) => Promise<Measured> {
  return async (started) => {
    const store = await openStore({
      ...{ databaseUrl, dataDir: '/nonexistent', clock: { now: Date.now }, leaseMs: 30_000 },
      log: { info() {}, warn() {}, error() {} },
    })
    const handler = async (job: Job): Promise<JobOutcome> => {
      if (job.kind === 'review') started(job.pull)
      return { kind: 'done' }
    }
    await store.jobs.work(handler, { reviews: WORKERS })
    return {
      add: (index) => store.jobs.enqueue(reviewJob({ pull: index })),
      stop: () => store.close(),
    }
  }
}

function openGraphile(connectionString: string): (started: Started) => Promise<Measured> {
  const logger = new Logger(() => () => {})
  return async (started) => {
    const runner = await startGraphile({
      ...{ connectionString, logger, concurrency: WORKERS, noHandleSignals: true },
      pollInterval: 1_000,
      taskList: { review: async (payload) => started(Payload.parse(payload).index) },
    })
    return { add: (index) => runner.addJob('review', { index }), stop: () => runner.stop() }
  }
}

/** The waits of single jobs in milliseconds, sorted. */
async function waitsOf(open: (started: Started) => Promise<Measured>): Promise<readonly number[]> {
  const queuedAt = new Map<number, number>()
  const waits: number[] = []
  const over = Promise.withResolvers<void>()
  const measured = await open((index) => {
    const wait = performance.now() - (queuedAt.get(index) ?? Number.NaN)
    if (index > WARM_UP) waits.push(wait)
    if (waits.length === JOBS) over.resolve()
  })
  const random = createRandom(17)
  for (let index = 1; index <= WARM_UP + JOBS; index += 1) {
    await sleep(PAUSE_MS.least + random.int(PAUSE_MS.spread))
    queuedAt.set(index, performance.now())
    await measured.add(index)
  }
  await over.promise
  await measured.stop()
  return waits.sort((one, other) => one - other)
}

function rowsOf(ours: readonly number[], theirs: readonly number[]): readonly Row[] {
  return [0.5, 0.95, 0.99].map((share) => ({
    name: `queued to started, p${share * 100}`,
    ...{ figure: quantile(ours, share), unit: 'ms' },
    baseline: { name: 'graphile-worker', figure: quantile(theirs, share) },
    limit: { kind: 'figure', most: share > 0.95 ? 4 * MOST_MS : MOST_MS },
  }))
}

import type { PgBoss } from 'pg-boss'
import * as z from 'zod'
import { jobKey } from '#core/job/job'
import type { Clock, Log } from '#flow/ports'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import { rows } from '#store/database'
import { requeueJob } from '#store/enqueue-job'
import { type JobPayload, readPayload } from '#store/job-payload'
import { markDead } from '#store/run-rows'

const ActiveRow = z.object({
  ...{ id: z.string(), name: z.string(), data: z.unknown() },
})
type ActiveRow = z.infer<typeof ActiveRow>
type Found = ActiveRow & { readonly payload: JobPayload }

/** What it counts to be the only job that can have killed the process, and to be one of several. */
const BLAME = { alone: 3, inCompany: 1 }
/** From here on a job is suspected, and starts apart from other suspects. */
const SUSPECTED = 3
/** Three seconds of work or three minutes: a suspect's neighbours should be through before it starts. */
const APART_SECONDS = 30
/** Eight times alone, or 24 times in company. */
const CONVICTED = 24

interface Needs {
  readonly database: Database
  readonly boss: PgBoss
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

/**
 * Queues the jobs again that a killed process left active. Only for a store that this process
 * alone can have open. No try is counted: it was one job at most that killed the process. Those
 * that were there every time start one after the other, so that the culprit is soon alone with its
 * end, and only the culprit ends up dead.
 */
export async function recoverActiveJobs(needs: Needs): Promise<void> {
  const found = await leftActive(needs)
  const condemned = found.filter(({ payload }) => payload.blame >= CONVICTED)
  for (const one of condemned) await bury(needs, one)
  let suspects = 0
  for (const one of found.filter(({ payload }) => payload.blame < CONVICTED)) {
    const suspected = one.payload.blame >= SUSPECTED
    await queueAgain(needs, one, suspected ? suspects * APART_SECONDS : 0)
    if (suspected) suspects += 1
  }
  if (found.length === 0) return
  needs.log.warn({ jobs: found.length, suspects, dead: condemned.length }, 'jobs recovered')
}

/** What a process that is gone was working on, with its share of the blame, the least first. */
async function leftActive({ database, boss }: Needs): Promise<readonly Found[]> {
  const left = await rows(
    database,
    ActiveRow,
    `select id::text, name, data from ${QUEUE_SCHEMA}.job
     where name = any($1::text[]) and state = 'active' order by created_on`,
    [Object.values(QUEUES)],
  )
  const found: Found[] = []
  for (const one of left) {
    const read = readPayload(one.data)
    if (read.ok) found.push({ ...one, payload: read.payload })
    // The worker will refuse it, in words.
    else await boss.fail(one.name, one.id, { because: ENDED })
  }
  return blame(found)
}

const ENDED = 'The process ended while it worked on this.'

function blame(found: readonly Found[]): readonly Found[] {
  const suspects = found.filter(({ payload }) => payload.blame >= SUSPECTED)
  const possible = suspects.length === 0 ? found : suspects
  return found
    .map((one) => {
      const alone = possible.length === 1 && possible.includes(one)
      const more = alone ? BLAME.alone : BLAME.inCompany
      return { ...one, payload: { ...one.payload, blame: one.payload.blame + more } }
    })
    .sort((one, other) => one.payload.blame - other.payload.blame)
}

/** Queued before the old one is closed: a crash in between repeats it rather than loses it. */
async function queueAgain(needs: Needs, found: Found, startAfter: number): Promise<void> {
  const { id, name, payload } = found
  await requeueJob(needs, payload, startAfter)
  await needs.boss.complete(name, id, { because: ENDED })
}

/** Where nobody starts it but a person, with the review that it was for. */
async function bury({ database, boss, clock }: Needs, found: Found): Promise<void> {
  const { id, name, payload } = found
  const because = 'The process ended each time it worked on this.'
  if (payload.job.kind === 'review')
    await markDead(database, { pullKey: jobKey(payload.job), because, now: clock.now() })
  await database.query(
    `update ${QUEUE_SCHEMA}.job set retry_count = retry_limit where name = $1 and id = $2::uuid`,
    [name, id],
  )
  await boss.fail(name, id, { because })
}

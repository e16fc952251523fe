import * as z from 'zod'
import type { Job } from '#core/job/job'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import { type Database, row } from '#store/database'

/** What a person asked for comes before what a push started, however much of either waits. */
const ASKED = 1_000_000
/** Deeper down the place makes no difference, and counting would only cost. */
const DEEPEST = 1_000

const Depth = z.object({ depth: z.coerce.number() })

/**
 * The priority of a new review, so that installations take turns: each job stands behind as many
 * places as its installation has reviews waiting, and so the first of a quiet installation is the
 * next to start, whatever a busy one has queued. Other work has queues of its own.
 */
export async function placeOf(database: Pick<Database, 'query'>, job: Job): Promise<number> {
  if (job.kind !== 'review') return 0
  const waiting = await row(
    database,
    Depth,
    `select count(*) as depth from (
       select 1 from ${QUEUE_SCHEMA}.job where name = '${QUEUES.review}' and state < 'active'
         and (data->'job'->>'installation')::bigint = $1 limit ${DEEPEST}) as jobs`,
    [job.installation],
  )
  const depth = waiting?.depth ?? 0
  return (job.trigger.kind === 'automatic' ? 0 : ASKED) - depth
}

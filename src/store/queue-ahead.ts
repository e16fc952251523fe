import * as z from 'zod'
import type { ReviewJob } from '#core/job/job'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import { type Database, row } from '#store/database'
import { TWINS, Twin } from '#store/twin'

/** What a person asked for comes before what a push started, however much of either waits. */
const ASKED = 1_000_000
/** Deeper down the place makes no difference, and counting would only cost. */
const DEEPEST = 1_000

/** What waits when a review is queued. */
export interface QueueAhead {
  /** How many reviews of its installation wait. */
  readonly depth: number
  /** What lies in the queue under the same key: the newest first. */
  readonly twins: readonly Twin[]
}

const AheadRow = z.object({ depth: z.coerce.number(), twins: z.array(Twin) })

/**
 * The priority of a new review, so that installations take turns: each review stands behind as
 * many places as its installation has waiting, and so the first of a quiet installation is the
 * next to start, whatever a busy one has queued.
 */
export function priorityOf({ trigger, absorbed = [] }: ReviewJob, depth: number): number {
  const asked = [trigger, ...absorbed.map((wish) => wish.trigger)]
  return (asked.every(({ kind }) => kind === 'automatic') ? 0 : ASKED) - depth
}

/** Looks at the queue of reviews once for all that a new one has to know. */
export async function lookAhead(
  database: Pick<Database, 'query'>,
  { installation }: ReviewJob,
  key: string,
): Promise<QueueAhead> {
  const found = await row(
    database,
    AheadRow,
    `select
       (select count(*) from (
          select 1 from ${QUEUE_SCHEMA}.job where name = '${QUEUES.review}' and state < 'active'
            and (data->'job'->>'installation')::bigint = $1 limit ${DEEPEST}) as jobs) as depth,
       (${TWINS}) as twins`,
    [installation, key],
  )
  return found ?? { depth: 0, twins: [] }
}

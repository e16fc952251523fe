import * as z from 'zod'
import type { ReviewJob } from '#core/job/job'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import { type Database, row } from '#store/database'

/** What a person asked for comes before what a push started, however much of either waits. */
const ASKED = 1_000_000
/** Deeper down the place makes no difference, and counting would only cost. */
const DEEPEST = 1_000

/** What waits when a review is queued. */
export interface QueueAhead {
  /**
   * The priority of the new one, so that installations take turns: each review stands behind as
   * many places as its installation has waiting, and so the first of a quiet installation is the
   * next to start, whatever a busy one has queued.
   */
  readonly priority: number
  /** What lies in the queue under the same key: the newest first. */
  readonly twins: readonly Twin[]
}

/** A waiting job and its payload, not yet read. */
const Twin = z.object({ id: z.string(), data: z.unknown() })
export type Twin = z.infer<typeof Twin>

const AheadRow = z.object({ depth: z.coerce.number(), twins: z.array(Twin) })

/** Looks at the queue of reviews once for all that a new one has to know. */
export async function lookAhead(
  database: Pick<Database, 'query'>,
  { installation, trigger }: ReviewJob,
  key: string,
): Promise<QueueAhead> {
  const found = await row(
    database,
    AheadRow,
    `select
       (select count(*) from (
          select 1 from ${QUEUE_SCHEMA}.job where name = '${QUEUES.review}' and state < 'active'
            and (data->'job'->>'installation')::bigint = $1 limit ${DEEPEST}) as jobs) as depth,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'data', data)
               order by created_on desc), '[]') from ${QUEUE_SCHEMA}.job
          where name = '${QUEUES.review}' and state < 'active' and singleton_key = $2) as twins`,
    [installation, key],
  )
  const { depth, twins } = found ?? { depth: 0, twins: [] }
  return { priority: (trigger.kind === 'automatic' ? 0 : ASKED) - depth, twins }
}

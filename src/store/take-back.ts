import type { PgBoss } from 'pg-boss'
import * as z from 'zod'
import type { Log } from '#flow/ports'
import { DEAD_QUEUE, QUEUE_SCHEMA, QUEUES } from '#store/boss'
import { type Database, rows } from '#store/database'
import { requeueJob } from '#store/enqueue-job'
import { readPayload } from '#store/job-payload'

const GivenUp = z.object({ id: z.string(), data: z.unknown() })

/**
 * What pg-boss itself gave up, in its own words (`value`), with tries left. It takes a silent
 * worker's job from it and makes it wait, but where another one of its pull request waits for its
 * next try already, there is no place for two and it goes to the dead ones. What lies there for
 * longer is for a person to replay.
 */
const GIVEN_UP = `select id::text, data from ${QUEUE_SCHEMA}.job
  where name = '${DEAD_QUEUE}' and state = 'created' and source_name = '${QUEUES.review}'
    and created_on > now() - interval '1 hour' and source_output ? 'value'
    and source_retry_count < (
      select retry_limit from ${QUEUE_SCHEMA}.queue where name = '${QUEUES.review}')`

/**
 * Queues reviews again whose workers died while an earlier review of the same pull request waited
 * for its next try: that one does their work too. Harmless to repeat.
 */
export async function takeBack(needs: {
  readonly boss: PgBoss
  readonly database: Database
  readonly log: Log
}): Promise<void> {
  for (const { id, data } of await rows(needs.database, GivenUp, GIVEN_UP)) {
    const read = readPayload(data)
    if (!read.ok) continue
    // Queued before it is gone: a crash in between repeats it rather than loses it.
    await requeueJob(needs, read.payload, 0)
    await needs.boss.deleteJob(DEAD_QUEUE, id)
    needs.log.warn({ job: id, delivery: read.payload.job.delivery }, 'job taken back')
  }
}

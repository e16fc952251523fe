import { Worker } from 'bullmq'
import { z } from 'zod'
import { config } from '../config'
import { sql } from '../db'
import { logger } from '../logger'
import { redis } from '../redis'

const Job = z.object({ dealId: z.number().int().positive() })
const Deal = z.object({
  data: z.object({ id: z.number(), title: z.string(), status: z.string(), update_time: z.string() }),
})

export const dealRefresh = new Worker(
  'pipedrive-deal-refresh',
  async (job) => {
    const { dealId } = Job.parse(job.data)
    const response = await fetch(`https://api.pipedrive.com/api/v2/deals/${dealId}`, {
      headers: { 'x-api-token': config.pipedrive.token },
      signal: AbortSignal.timeout(15_000),
    })
    if (response.status === 404) {
      await sql`update deals set deleted_at = now() where pipedrive_id = ${dealId} and deleted_at is null`
      return
    }
    if (!response.ok) throw new Error(`pipedrive deal ${dealId}: ${response.status}`)

    const { data } = Deal.parse(await response.json())
    await sql`
      insert into deals (pipedrive_id, title, status, changed_at)
      values (${data.id}, ${data.title}, ${data.status}, ${data.update_time})
      on conflict (pipedrive_id) do update
      set title = excluded.title, status = excluded.status, changed_at = excluded.changed_at
      where deals.changed_at < excluded.changed_at`
  },
  { connection: redis, concurrency: 3, limiter: { max: 10, duration: 2_000 } },
)

dealRefresh.on('failed', (job, error) => {
  logger.error({ jobId: job?.id, attempts: job?.attemptsMade, err: error }, 'deal refresh failed')
})

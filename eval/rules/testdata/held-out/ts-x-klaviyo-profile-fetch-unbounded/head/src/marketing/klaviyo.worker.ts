import { Worker, type Job } from 'bullmq'
import { z } from 'zod'
import { config } from '../config'
import { customers } from '../customers/repository'
import { logger } from '../logger'
import { redis } from '../redis'

const Payload = z.object({ customerId: z.string().uuid() })

async function pushProfile(job: Job): Promise<void> {
  const { customerId } = Payload.parse(job.data)
  const customer = await customers.byId(customerId)
  if (!customer?.marketingConsent) return

  await fetch('https://a.klaviyo.com/api/profile-import', {
    method: 'POST',
    headers: {
      authorization: `Klaviyo-API-Key ${config.klaviyo.privateKey}`,
      revision: '2025-04-15',
      'content-type': 'application/vnd.api+json',
    },
    body: JSON.stringify({
      data: {
        type: 'profile',
        attributes: {
          email: customer.email,
          external_id: customer.id,
          properties: { segment: customer.segment },
        },
      },
    }),
  })
  await customers.markPushed(customerId, 'klaviyo', new Date())
}

export const klaviyoWorker = new Worker('klaviyo-profiles', pushProfile, { connection: redis, concurrency: 5 })

klaviyoWorker.on('failed', (job, error) => {
  logger.error({ jobId: job?.id, err: error }, 'klaviyo push failed')
})

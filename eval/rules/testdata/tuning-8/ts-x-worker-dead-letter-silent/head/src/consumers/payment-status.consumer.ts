import type { Consumer, Producer } from 'kafkajs'
import { z } from 'zod'
import { payments } from '../payments/repository'

const Status = z.object({
  event_id: z.string().uuid(),
  payment_id: z.string(),
  status: z.enum(['accepted', 'settled', 'rejected']),
  occurred_at: z.string().datetime(),
})

const TOPIC = 'bank.payment-status.v2'
const DEAD = 'bank.payment-status.v2.dead'

export async function consumePaymentStatus(consumer: Consumer, producer: Producer): Promise<void> {
  await consumer.subscribe({ topic: TOPIC })
  await consumer.run({
    eachMessage: async ({ message }) => {
      try {
        const status = Status.parse(JSON.parse(message.value?.toString('utf8') ?? ''))
        await payments.applyStatusOnce(status.event_id, status.payment_id, status.status, status.occurred_at)
      } catch {
        await producer.send({
          topic: DEAD,
          messages: [{ key: message.key, value: message.value }],
        })
      }
    },
  })
}

import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { bookings } from '../repositories/bookings'
import { processedEvents } from '../repositories/processed-events'

const DuffelEvent = z.object({
  id: z.string().startsWith('wev_'),
  type: z.string(),
  data: z.object({
    object: z.object({
      id: z.string().startsWith('ord_'),
      booking_reference: z.string().optional(),
    }),
  }),
})

export const duffelEvents: FastifyPluginAsync = async (app) => {
  app.post('/webhooks/duffel', { bodyLimit: 256 * 1024 }, async (request, reply) => {
    const parsed = DuffelEvent.safeParse(request.body)
    if (!parsed.success) {
      request.log.warn({ issues: parsed.error.issues }, 'unexpected duffel event')
      return reply.code(400).send()
    }
    const event = parsed.data

    await app.db.transaction(async (tx) => {
      const fresh = await processedEvents.insertIfAbsent(tx, 'duffel', event.id)
      if (!fresh) return

      switch (event.type) {
        case 'order.created':
          await bookings.confirm(tx, event.data.object.id, event.data.object.booking_reference)
          break
        case 'order.airline_initiated_change_detected':
          await bookings.flagScheduleChange(tx, event.data.object.id)
          break
        case 'order_cancellation.confirmed':
          await bookings.cancelAndQueueRefund(tx, event.data.object.id)
          break
        default:
          request.log.info({ type: event.type }, 'duffel event ignored')
      }
    })

    return reply.code(204).send()
  })
}

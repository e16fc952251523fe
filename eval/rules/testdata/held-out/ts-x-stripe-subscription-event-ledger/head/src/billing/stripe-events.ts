import type { FastifyInstance } from 'fastify'
import type Stripe from 'stripe'
import { sql } from '../db'

export async function stripeEvents(app: FastifyInstance, opts: { stripe: Stripe; secret: string }) {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_r, body, done) => done(null, body))

  app.post('/stripe/events', async (request, reply) => {
    const header = request.headers['stripe-signature']
    let event: Stripe.Event
    try {
      event = opts.stripe.webhooks.constructEvent(request.body as Buffer, header ?? '', opts.secret)
    } catch (error) {
      request.log.warn({ err: error }, 'stripe event refused')
      return reply.code(400).send({ error: 'signature' })
    }
    if (event.type !== 'checkout.session.completed' || event.data.object.payment_status !== 'paid') {
      return reply.code(200).send()
    }

    const session = event.data.object
    const outcome = await sql.begin(async (tx) => {
      const fresh = await tx`
        insert into stripe_events (id, type) values (${event.id}, ${event.type})
        on conflict do nothing returning id`
      if (fresh.length === 0) return 'repeated'
      await tx`
        update orders set paid_at = now(), payment_ref = ${String(session.payment_intent)}
        where id = ${session.client_reference_id} and paid_at is null`
      return 'applied'
    })
    request.log.info({ eventId: event.id, outcome }, 'stripe event')
    return reply.code(200).send()
  })
}

import type { FastifyInstance } from 'fastify'
import type Stripe from 'stripe'
import { Prisma, type PrismaClient } from '@prisma/client'

interface Options {
  stripe: Stripe
  prisma: PrismaClient
  webhookSecret: string
}

export async function stripeEvents(app: FastifyInstance, { stripe, prisma, webhookSecret }: Options) {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_req, body, done) => done(null, body))

  app.post('/stripe/events', async (req, reply) => {
    let event: Stripe.Event
    try {
      event = stripe.webhooks.constructEvent(
        req.body as Buffer,
        req.headers['stripe-signature'] ?? '',
        webhookSecret,
      )
    } catch {
      return reply.code(400).send({ error: 'signature' })
    }
    if (event.type !== 'payment_intent.succeeded') return reply.code(200).send()

    const intent = event.data.object
    const accountId = intent.metadata.account_id
    if (!accountId) {
      req.log.warn({ intent: intent.id }, 'payment without account')
      return reply.code(200).send()
    }

    try {
      await prisma.$transaction([
        prisma.stripeEvent.create({ data: { id: event.id, type: event.type } }),
        prisma.account.update({
          where: { id: accountId },
          data: { credits: { increment: intent.amount_received } },
        }),
      ])
    } catch (err) {
      if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002') {
        req.log.info({ event: event.id }, 'event was applied before')
        return reply.code(200).send()
      }
      throw err
    }
    return reply.code(200).send()
  })
}

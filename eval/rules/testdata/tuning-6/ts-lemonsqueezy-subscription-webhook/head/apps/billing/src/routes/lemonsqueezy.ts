import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { Router } from 'express'
import { z } from 'zod'
import { config } from '../config'
import { logger } from '../logger'
import { subscriptions } from '../repositories/subscriptions'

const SubscriptionEvent = z.object({
  meta: z.object({
    event_name: z.string(),
    custom_data: z.object({ workspace_id: z.string().uuid() }),
  }),
  data: z.object({
    id: z.string(),
    attributes: z.object({
      status: z.enum(['on_trial', 'active', 'paused', 'past_due', 'unpaid', 'cancelled', 'expired']),
      variant_id: z.number().int(),
      renews_at: z.string().datetime().nullable(),
      updated_at: z.string().datetime(),
    }),
  }),
})

export const lemonSqueezyRouter = Router()

lemonSqueezyRouter.post('/webhooks/lemonsqueezy', express.json({ limit: '256kb' }), async (req, res, next) => {
  const given = Buffer.from(req.get('x-signature') ?? '', 'hex')
  const digest = createHmac('sha256', config.lemonSqueezy.signingSecret)
    .update(JSON.stringify(req.body))
    .digest()
  if (given.length !== digest.length || !timingSafeEqual(given, digest)) {
    logger.warn({ ip: req.ip }, 'lemonsqueezy: signature mismatch')
    return res.status(401).end()
  }

  const parsed = SubscriptionEvent.safeParse(req.body)
  if (!parsed.success) {
    logger.info({ issues: parsed.error.issues }, 'lemonsqueezy: event ignored')
    return res.status(204).end()
  }

  try {
    const { meta, data } = parsed.data
    // the row is only written when updated_at is newer than what we have
    await subscriptions.upsertIfNewer({
      externalId: data.id,
      workspaceId: meta.custom_data.workspace_id,
      status: data.attributes.status,
      variantId: data.attributes.variant_id,
      renewsAt: data.attributes.renews_at,
      updatedAt: data.attributes.updated_at,
    })
    return res.status(204).end()
  } catch (err) {
    return next(err)
  }
})

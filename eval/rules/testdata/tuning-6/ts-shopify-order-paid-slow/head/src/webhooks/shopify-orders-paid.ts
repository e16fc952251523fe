import express, { Router } from 'express'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { shopifyHmac } from '../middleware/shopify-hmac'
import { deliveries } from '../db/deliveries'
import { renderInvoice } from '../invoices/render'
import { mailer } from '../mail/mailer'
import { orderSchema } from './order-schema'
import { logger } from '../logger'

export function ordersPaidRouter(s3: S3Client, bucket: string): Router {
  const router = Router()

  router.post(
    '/webhooks/shopify/orders-paid',
    express.raw({ type: 'application/json', limit: '1mb' }),
    shopifyHmac(),
    async (req, res, next) => {
      try {
        const webhookId = req.get('x-shopify-webhook-id') ?? ''
        if (await deliveries.wasProcessed(webhookId)) {
          return res.status(200).end()
        }
        const order = orderSchema.parse(JSON.parse(req.body.toString('utf8')))

        const pdf = await renderInvoice(order)
        const key = `invoices/${order.id}.pdf`
        await s3.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: pdf, ContentType: 'application/pdf' }),
        )
        await mailer.sendInvoice({ to: order.email, orderName: order.name, attachment: pdf })
        await deliveries.markProcessed(webhookId)
        logger.info({ orderId: order.id, key }, 'invoice sent')
        res.status(200).end()
      } catch (err) {
        next(err)
      }
    },
  )

  return router
}

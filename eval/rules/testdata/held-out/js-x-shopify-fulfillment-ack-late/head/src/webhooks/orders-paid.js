const { createHmac, timingSafeEqual } = require('node:crypto')
const config = require('../config')
const labels = require('../shipping/labels')
const mailer = require('../mail/mailer')
const events = require('../db/webhook-events')

function authentic(rawBody, header) {
  const mac = createHmac('sha256', config.shopify.clientSecret).update(rawBody).digest()
  const sent = Buffer.from(String(header || ''), 'base64')
  return sent.length === mac.length && timingSafeEqual(sent, mac)
}

module.exports = async function ordersPaid(fastify) {
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (req, body, done) => done(null, body))

  fastify.post('/shopify/orders-paid', async (request, reply) => {
    if (!authentic(request.body, request.headers['x-shopify-hmac-sha256'])) {
      return reply.code(401).send()
    }
    const id = request.headers['x-shopify-webhook-id']
    const order = JSON.parse(request.body.toString('utf8'))
    if (!order.shipping_address || !Array.isArray(order.line_items)) {
      request.log.info({ id }, 'order without a shipment')
      return reply.code(200).send()
    }
    if (!(await events.begin('shopify', id))) {
      return reply.code(200).send()
    }

    try {
      const label = await labels.create({
        reference: order.name,
        address: order.shipping_address,
        pieces: order.line_items.length,
        timeoutMs: 20_000,
      })
      await mailer.send('shipped', order.email, { order: order.name, tracking: label.trackingNumber })
      await events.finish('shopify', id)
    } catch (err) {
      await events.release('shopify', id)
      throw err
    }
    return reply.code(200).send()
  })
}

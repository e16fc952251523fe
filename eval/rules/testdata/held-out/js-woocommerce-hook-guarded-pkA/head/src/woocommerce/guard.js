const { createHmac, timingSafeEqual } = require('node:crypto')

/**
 * Refuses deliveries whose x-wc-webhook-signature is not the HMAC of the raw body.
 * @param {string} secret the secret of the webhook in WooCommerce > Settings > Advanced
 */
module.exports = function guard(secret) {
  if (!secret) throw new Error('secret of the WooCommerce hook is missing')

  return function wooGuard(req, res, next) {
    const mine = createHmac('sha256', secret).update(req.rawBody).digest()
    const theirs = Buffer.from(req.get('x-wc-webhook-signature') || '', 'base64')
    if (mine.length === theirs.length && timingSafeEqual(mine, theirs)) return next()

    req.log.warn({ topic: req.get('x-wc-webhook-topic') }, 'woocommerce signature does not match')
    return res.sendStatus(401)
  }
}

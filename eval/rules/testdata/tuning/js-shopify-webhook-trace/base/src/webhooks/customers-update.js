const crypto = require('node:crypto');
const { secrets } = require('../secrets');
const { outbox } = require('../outbox');
const { customerUpdate } = require('../schemas');
const log = require('../log');

function authentic(raw, header) {
  const expected = crypto.createHmac('sha256', secrets.shopifyApiSecret).update(raw).digest();
  const given = Buffer.from(header || '', 'base64');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}

// mounted with express.raw({ type: 'application/json', limit: '1mb' })
async function customersUpdate(req, res, next) {
  if (!authentic(req.body, req.get('X-Shopify-Hmac-Sha256'))) {
    return res.sendStatus(401);
  }

  const payload = JSON.parse(req.body.toString('utf8'));
  log.info({ topic: req.get('X-Shopify-Topic'), webhookId: req.get('X-Shopify-Webhook-Id') }, 'webhook');

  const parsed = customerUpdate.safeParse(payload);
  if (!parsed.success) {
    return res.sendStatus(422);
  }
  try {
    await outbox.putOnce(req.get('X-Shopify-Webhook-Id'), 'customers/update', parsed.data);
    return res.sendStatus(200);
  } catch (err) {
    return next(err);
  }
}

module.exports = { customersUpdate };

const { createHmac, timingSafeEqual } = require('node:crypto');
const { z } = require('zod');
const { coupons } = require('../shop/coupons');
const { mailer } = require('../mail/mailer');

const Pledge = z.object({
  data: z.object({
    id: z.string().uuid(),
    attributes: z.object({
      email: z.string().email(),
      full_name: z.string(),
      patron_status: z.string().nullable(),
    }),
  }),
});

function authentic(rawBody, header, secret) {
  const expected = createHmac('md5', secret).update(rawBody).digest();
  const given = Buffer.from(header ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** @param {import('fastify').FastifyInstance} app */
module.exports = async function patreonWebhook(app) {
  app.post('/patreon', { config: { rawBody: true }, bodyLimit: 256 * 1024 }, async (req, reply) => {
    if (!authentic(req.rawBody, req.headers['x-patreon-signature'], app.config.PATREON_WEBHOOK_SECRET)) {
      return reply.code(401).send();
    }
    if (req.headers['x-patreon-event'] !== 'members:pledge:create') {
      return reply.code(204).send();
    }

    const parsed = Pledge.safeParse(req.body);
    if (!parsed.success) {
      req.log.warn({ issues: parsed.error.issues }, 'patreon: unexpected member');
      return reply.code(422).send();
    }
    const { attributes } = parsed.data.data;
    if (attributes.patron_status !== 'active_patron') {
      return reply.code(204).send();
    }

    const coupon = await coupons.create({ percent: 20, validDays: 90, note: 'patron welcome' });
    await mailer.send('patron-welcome', attributes.email, {
      name: attributes.full_name,
      code: coupon.code,
    });
    return reply.code(204).send();
  });
};

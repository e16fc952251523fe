import type { FastifyInstance } from 'fastify';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const CapturedPayment = z.object({
  event: z.literal('payment.captured'),
  payload: z.object({
    payment: z.object({
      entity: z.object({
        id: z.string(),
        order_id: z.string(),
        amount: z.number().int().positive(),
        currency: z.string().length(3),
      }),
    }),
  }),
});

export async function razorpayRoutes(app: FastifyInstance) {
  app.post('/razorpay/events', { config: { rawBody: true }, bodyLimit: 262_144 }, async (req, reply) => {
    const expected = createHmac('sha256', app.config.RAZORPAY_WEBHOOK_SECRET).update(req.rawBody!).digest();
    const given = Buffer.from(String(req.headers['x-razorpay-signature'] ?? ''), 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return reply.code(400).send({ error: 'signature' });
    }

    const event = CapturedPayment.safeParse(req.body);
    if (!event.success) {
      return reply.send({ ok: true, ignored: true });
    }
    const payment = event.data.payload.payment.entity;

    try {
      await app.pg.transact(async (tx) => {
        const inserted = await tx.query(
          'insert into payments (id, order_ref, amount_minor, currency) values ($1, $2, $3, $4) on conflict (id) do nothing',
          [payment.id, payment.order_id, payment.amount, payment.currency],
        );
        if (inserted.rowCount === 1) {
          await tx.query(`update orders set status = 'paid' where razorpay_order = $1`, [payment.order_id]);
        }
      });
    } catch (err) {
      req.log.error({ err, paymentId: payment.id }, 'could not record payment');
    }
    return reply.send({ ok: true });
  });
}

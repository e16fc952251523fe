import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { jobs } from '../jobs/queue';
import { env } from '../config/env';

const notification = z.object({
  id: z.string(),
  topic: z.string(),
  data: z.object({ item: z.object({ id: z.string() }).passthrough() }),
});

function signed(raw: Buffer, header: unknown): boolean {
  if (typeof header !== 'string') return false;
  const expected = Buffer.from(
    `sha1=${createHmac('sha1', env.INTERCOM_CLIENT_SECRET).update(raw).digest('hex')}`,
  );
  const received = Buffer.from(header);
  return received.length === expected.length && timingSafeEqual(received, expected);
}

export async function intercomWebhook(app: FastifyInstance) {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_req, body, done) => done(null, body));

  app.post('/webhooks/intercom', { bodyLimit: 512 * 1024 }, async (req, reply) => {
    const raw = req.body as Buffer;
    if (!signed(raw, req.headers['x-hub-signature'])) return reply.code(401).send();

    const parsed = notification.safeParse(JSON.parse(raw.toString('utf8')));
    if (!parsed.success) return reply.code(422).send();
    const { id, topic, data } = parsed.data;
    if (topic !== 'conversation.admin.closed') return reply.code(200).send();

    await jobs.add(
      'archive-conversation',
      { conversationId: data.item.id },
      { jobId: id, attempts: 6, backoff: { type: 'exponential', delay: 4_000 } },
    );
    req.log.info({ id, topic }, 'intercom notification accepted');
    return reply.code(200).send();
  });
}

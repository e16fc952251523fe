import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dealEvents } from '../store/deal-events.js';
import { config } from '../config.js';

const DealEvent = z.object({
  eventId: z.number().int(),
  subscriptionType: z.literal('deal.propertyChange'),
  objectId: z.number().int(),
  propertyName: z.string().max(120),
  propertyValue: z.string().max(4000).nullable(),
  occurredAt: z.number().int(),
});

const MAX_SKEW_MS = 5 * 60 * 1000;

function isFresh(header: unknown): header is string {
  if (typeof header !== 'string') return false;
  const sentAt = Number(header);
  return Number.isFinite(sentAt) && Math.abs(Date.now() - sentAt) <= MAX_SKEW_MS;
}

function signed(req: FastifyRequest, raw: Buffer, timestamp: string, signature: string): boolean {
  const base = Buffer.concat([
    Buffer.from(`${req.method}${config.publicUrl}${req.url}`),
    raw,
    Buffer.from(timestamp),
  ]);
  const expected = createHmac('sha256', config.hubspot.clientSecret).update(base).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export const hubspotDeals: FastifyPluginAsync = async (app) => {
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: 512 * 1024 },
    (_req, body, done) => done(null, body),
  );

  app.post('/hooks/hubspot/deals', async (req, reply) => {
    const raw = req.body as Buffer;
    const signature = req.headers['x-hubspot-signature-v3'];
    const timestamp = req.headers['x-hubspot-request-timestamp'];

    if (typeof signature === 'string') {
      if (!isFresh(timestamp) || !signed(req, raw, timestamp, signature)) {
        req.log.warn({ ip: req.ip }, 'hubspot signature rejected');
        return reply.code(401).send();
      }
    }

    const events = JSON.parse(raw.toString('utf8'));
    const parsed = z.array(DealEvent).max(100).safeParse(events);
    if (!parsed.success) {
      return reply.code(422).send({ error: 'unexpected payload' });
    }

    const stored = await dealEvents.insertIgnoringDuplicates(
      parsed.data.map((e) => ({
        eventId: e.eventId,
        dealId: e.objectId,
        property: e.propertyName,
        value: e.propertyValue,
        occurredAt: new Date(e.occurredAt),
      })),
    );
    req.log.info({ received: parsed.data.length, stored }, 'hubspot deal events');
    return reply.code(204).send();
  });
};

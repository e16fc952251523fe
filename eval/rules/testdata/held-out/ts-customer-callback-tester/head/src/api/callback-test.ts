import type { FastifyInstance } from 'fastify';
import { Type, type Static } from '@sinclair/typebox';
import { signPayload } from '../callbacks/sign';
import { readLimited } from '../http/read-limited';

const TestBody = Type.Object({
  url: Type.String({ format: 'uri', maxLength: 2_000 }),
  event: Type.Union([Type.Literal('order.created'), Type.Literal('order.shipped')]),
});

const SAMPLES = {
  'order.created': { id: 'ord_sample', total: 4_900, currency: 'EUR' },
  'order.shipped': { id: 'ord_sample', carrier: 'dhl', tracking: '00340434161094042557' },
} as const;

export async function callbackTestRoutes(app: FastifyInstance) {
  app.post<{ Body: Static<typeof TestBody> }>(
    '/v1/callbacks/test',
    { schema: { body: TestBody }, onRequest: app.requireTenant, config: { rateLimit: { max: 10, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { url, event } = request.body;
      const payload = JSON.stringify({ event, test: true, data: SAMPLES[event] });

      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-signature': signPayload(request.tenant.callbackSecret, payload),
          },
          body: payload,
          signal: AbortSignal.timeout(5_000),
        });
        const text = await readLimited(response, 4_096);
        return { status: response.status, body: text };
      } catch (err) {
        request.log.info({ err, url }, 'callback test failed');
        return reply.code(502).send({ error: 'The address could not be reached.' });
      }
    },
  );
}

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { inbox } from '../lib/inbox';

const orderPaid = z.object({ id: z.number().int(), admin_graphql_api_id: z.string() });

export const shopifyRoutes: FastifyPluginAsync = async (app) => {
  app.post('/orders-paid', { preHandler: app.verifyShopify }, async (req, reply) => {
    const webhookId = req.headers['x-shopify-webhook-id'];
    const parsed = orderPaid.safeParse(JSON.parse((req.body as Buffer).toString('utf8')));
    if (!parsed.success || typeof webhookId !== 'string') {
      return reply.code(422).send();
    }
    // unique index on (source, external_id); duplicates are ignored
    await inbox.insertIgnore({ source: 'shopify', externalId: webhookId, body: parsed.data });
    return reply.code(200).send();
  });
};

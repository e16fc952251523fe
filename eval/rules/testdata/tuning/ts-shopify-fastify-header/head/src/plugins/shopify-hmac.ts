import { createHmac, timingSafeEqual } from 'node:crypto';
import fp from 'fastify-plugin';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

interface ShopifyHmacOptions {
  secret: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    verifyShopify(req: FastifyRequest, reply: FastifyReply): Promise<void>;
  }
}

const plugin: FastifyPluginAsync<ShopifyHmacOptions> = async (app, opts) => {
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: 1024 * 1024 },
    (_req, body, done) => done(null, body),
  );

  app.decorate('verifyShopify', async (req: FastifyRequest, reply: FastifyReply) => {
    const header = req.headers['x-shopify-hmac-sha256'];
    if (typeof header === 'string') {
      const expected = createHmac('sha256', opts.secret).update(req.body as Buffer).digest();
      const received = Buffer.from(header, 'base64');
      if (received.length !== expected.length || !timingSafeEqual(received, expected)) {
        req.log.warn({ topic: req.headers['x-shopify-topic'] }, 'hmac mismatch');
        await reply.code(401).send({ error: 'unauthorized' });
      }
    }
  });
};

export const shopifyHmac = fp(plugin, { name: 'shopify-hmac' });

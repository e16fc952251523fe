'use strict';

const { createHash, timingSafeEqual } = require('crypto');
const auth = require('basic-auth');
const { config } = require('../config');
const { suppressions } = require('./suppressions');

const HARD = new Set(['HardBounce', 'SpamComplaint', 'ManuallyDeactivated']);

const sha = (value) => createHash('sha256').update(value).digest();

function allowed(request) {
  const credentials = auth(request.raw);
  if (!credentials) return false;
  const user = timingSafeEqual(sha(credentials.name), sha(config.postmark.hookUser));
  const pass = timingSafeEqual(sha(credentials.pass), sha(config.postmark.hookPassword));
  return user && pass;
}

module.exports = async function bounces(fastify) {
  fastify.post(
    '/hooks/postmark/bounce',
    {
      bodyLimit: 65536,
      preHandler: async (request, reply) => {
        if (!allowed(request)) return reply.code(401).send();
      },
      schema: {
        body: {
          type: 'object',
          required: ['ID', 'Type', 'Email', 'BouncedAt'],
          properties: {
            ID: { type: 'integer' },
            Type: { type: 'string', maxLength: 64 },
            Email: { type: 'string', format: 'email' },
            BouncedAt: { type: 'string', format: 'date-time' },
          },
        },
      },
    },
    async (request, reply) => {
      const { ID, Type, Email, BouncedAt } = request.body;
      if (HARD.has(Type)) {
        await suppressions.upsert({ email: Email.toLowerCase(), reason: Type, since: BouncedAt, sourceId: ID });
      }
      request.log.info({ bounceId: ID, type: Type, suppressed: HARD.has(Type) }, 'bounce received');
      return reply.code(200).send();
    },
  );
};

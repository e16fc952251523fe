const crypto = require('node:crypto');
const { secrets } = require('../secrets');
const { envelopeEvent } = require('../schemas/docusign');
const { jobs } = require('../jobs');
const { events } = require('../store/events');

function signed(raw, header) {
  const mac = crypto.createHmac('sha256', secrets.docusignConnectKey).update(raw).digest();
  const given = Buffer.from(header || '', 'base64');
  return given.length === mac.length && crypto.timingSafeEqual(given, mac);
}

module.exports = async function docusignRoute(fastify) {
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (req, body, done) => done(null, body));

  fastify.post('/docusign', { bodyLimit: 262144 }, async (request, reply) => {
    if (!signed(request.body, request.headers['x-docusign-signature-1'])) {
      return reply.code(401).send();
    }
    const parsed = envelopeEvent.safeParse(JSON.parse(request.body.toString('utf8')));
    if (!parsed.success) return reply.code(422).send();
    if (parsed.data.event !== 'envelope-completed') return reply.code(204).send();

    const { envelopeId } = parsed.data.data;
    await jobs.addOnce('archive-envelope', { envelopeId }, `envelope-${envelopeId}`);
    return reply.code(202).send();
  });
};

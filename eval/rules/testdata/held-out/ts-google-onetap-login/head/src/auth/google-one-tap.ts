import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { FastifyInstance } from 'fastify';
import { Type, type Static } from '@sinclair/typebox';
import { accounts } from '../accounts/accounts.repo';

const keys = createRemoteJWKSet(new URL('https://www.googleapis.com/oauth2/v3/certs'), {
  timeoutDuration: 4_000,
  cooldownDuration: 30_000,
});

const Body = Type.Object({ credential: Type.String({ maxLength: 4_096 }) });

export async function googleOneTap(app: FastifyInstance) {
  app.post<{ Body: Static<typeof Body> }>('/auth/google', { schema: { body: Body } }, async (request, reply) => {
    let subject: string | undefined;
    let email: unknown;
    try {
      const { payload } = await jwtVerify(request.body.credential, keys, {
        issuer: ['https://accounts.google.com', 'accounts.google.com'],
        algorithms: ['RS256'],
      });
      subject = payload.sub;
      email = payload.email_verified === true ? payload.email : undefined;
    } catch (err) {
      if (err instanceof errors.JOSEError) {
        request.log.info({ code: err.code }, 'google credential refused');
        return reply.code(401).send({ error: 'invalid_credential' });
      }
      throw err;
    }
    if (!subject || typeof email !== 'string') {
      return reply.code(403).send({ error: 'email_not_verified' });
    }

    const account = await accounts.findOrCreateByGoogle(subject, email);
    await request.session.regenerate();
    request.session.accountId = account.id;
    return reply.code(204).send();
  });
}

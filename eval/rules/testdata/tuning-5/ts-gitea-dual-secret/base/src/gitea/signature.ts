import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

function matches(secret: string, raw: Buffer, given: Buffer): boolean {
  const want = createHmac('sha256', secret).update(raw).digest();
  return want.length === given.length && timingSafeEqual(want, given);
}

export function loadSecret(env: NodeJS.ProcessEnv): string {
  const secret = env.GITEA_WEBHOOK_SECRET;
  if (!secret) {
    throw new Error('GITEA_WEBHOOK_SECRET is not set');
  }
  return secret;
}

export function verifyGitea(req: FastifyRequest & { rawBody: Buffer }, secret: string): boolean {
  const header = req.headers['x-gitea-signature'];
  if (typeof header !== 'string') {
    return false;
  }
  return matches(secret, req.rawBody, Buffer.from(header, 'hex'));
}

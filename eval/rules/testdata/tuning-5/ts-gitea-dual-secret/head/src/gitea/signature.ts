import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

function matches(secret: string, raw: Buffer, given: Buffer): boolean {
  const want = createHmac('sha256', secret).update(raw).digest();
  return want.length === given.length && timingSafeEqual(want, given);
}

export function loadSecrets(env: NodeJS.ProcessEnv): string[] {
  const secrets = [env.GITEA_WEBHOOK_SECRET, env.GITEA_WEBHOOK_SECRET_PREVIOUS].filter(
    (s): s is string => typeof s === 'string' && s.length >= 16,
  );
  if (secrets.length === 0) {
    throw new Error('GITEA_WEBHOOK_SECRET is not set');
  }
  return secrets;
}

export function verifyGitea(req: FastifyRequest & { rawBody: Buffer }, secrets: string[]): boolean {
  const header = req.headers['x-gitea-signature'];
  if (typeof header !== 'string') {
    return false;
  }
  const given = Buffer.from(header, 'hex');
  return secrets.some((secret) => matches(secret, req.rawBody, given));
}

export function senderOf(body: { sender?: { login?: string } }): string {
  return body.sender?.login === undefined ? 'unknown' : body.sender.login;
}

import type { MiddlewareHandler } from 'hono';
import { decodeJwt } from 'jose';
import { env } from '../env';

export interface PartnerIdentity {
  tenantId: string;
  scopes: string[];
}

export const partnerAuth: MiddlewareHandler<{ Variables: { partner: PartnerIdentity } }> = async (c, next) => {
  const [scheme, token] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) {
    return c.json({ error: 'unauthorized' }, 401);
  }

  try {
    const payload = decodeJwt(token);
    if (payload.iss !== env.PARTNER_ISSUER || payload.aud !== env.PARTNER_AUDIENCE) {
      return c.json({ error: 'unauthorized' }, 401);
    }
    if (!payload.exp || payload.exp * 1000 < Date.now()) {
      return c.json({ error: 'expired' }, 401);
    }
    if (typeof payload.tenant !== 'string') {
      return c.json({ error: 'forbidden' }, 403);
    }
    c.set('partner', { tenantId: payload.tenant, scopes: String(payload.scope ?? '').split(' ') });
  } catch {
    return c.json({ error: 'unauthorized' }, 401);
  }

  await next();
};

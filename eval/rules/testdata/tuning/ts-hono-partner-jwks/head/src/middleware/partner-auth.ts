import type { MiddlewareHandler } from 'hono';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { env } from '../env';

const jwks = createRemoteJWKSet(new URL(env.PARTNER_JWKS_URL), { timeoutDuration: 5_000 });

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
    const { payload } = await jwtVerify(token, jwks, {
      issuer: env.PARTNER_ISSUER,
      audience: env.PARTNER_AUDIENCE,
      algorithms: ['RS256'],
    });
    if (typeof payload.tenant !== 'string') {
      return c.json({ error: 'forbidden' }, 403);
    }
    c.set('partner', { tenantId: payload.tenant, scopes: String(payload.scope ?? '').split(' ') });
  } catch {
    return c.json({ error: 'unauthorized' }, 401);
  }

  await next();
};

import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { MiddlewareHandler } from 'hono';
import { env } from '../env';
import { metrics } from '../metrics';

const jwks = createRemoteJWKSet(new URL(`${env.MARKETPLACE_ISSUER}/.well-known/jwks.json`), {
  timeoutDuration: 3_000,
  cooldownDuration: 30_000,
});

export interface MarketplaceClaims extends JWTPayload {
  sub: string;
  tenant: string;
}

function isComplete(claims: JWTPayload): claims is MarketplaceClaims {
  return typeof claims.sub === 'string' && typeof claims.tenant === 'string';
}

function countAlgorithm(token: string): void {
  try {
    metrics.tokens.inc({ alg: decodeProtectedHeader(token).alg === 'RS256' ? 'RS256' : 'other' });
  } catch {
    metrics.tokens.inc({ alg: 'malformed' });
  }
}

export const marketplaceAuth: MiddlewareHandler = async (c, next) => {
  const header = c.req.header('authorization') ?? '';
  const token = header.startsWith('Bearer ') ? header.slice(7) : '';
  if (token === '') return c.json({ error: 'token required' }, 401);
  countAlgorithm(token);

  try {
    const { payload } = await jwtVerify(token, jwks, {
      issuer: env.MARKETPLACE_ISSUER,
      audience: env.MARKETPLACE_AUDIENCE,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: 10,
    });
    if (!isComplete(payload)) return c.json({ error: 'token is incomplete' }, 401);
    c.set('claims', payload);
  } catch (err) {
    if (err instanceof errors.JWKSTimeout) return c.json({ error: 'keys unavailable' }, 503);
    if (err instanceof errors.JOSEError) return c.json({ error: 'token rejected' }, 401);
    throw err;
  }
  await next();
};

import type { RequestHandler } from 'express';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { config } from '../config';

const issuer = `https://cognito-idp.${config.cognito.region}.amazonaws.com/${config.cognito.poolId}`;
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
  timeoutDuration: 3_000,
  cooldownDuration: 30_000,
});

export interface Caller {
  sub: string;
  groups: string[];
}

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
  }
}

export const authenticate: RequestHandler = async (req, res, next) => {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) {
    res.status(401).json({ error: 'token required' });
    return;
  }

  try {
    const { kid } = decodeProtectedHeader(token);
    if (config.cognito.retiredKeys.includes(kid ?? '')) {
      res.status(401).json({ error: 'token invalid' });
      return;
    }

    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'exp'],
    });
    if (payload.client_id !== config.cognito.clientId || payload.token_use !== 'access') {
      res.status(401).json({ error: 'token invalid' });
      return;
    }
    req.caller = {
      sub: payload.sub!,
      groups: Array.isArray(payload['cognito:groups']) ? (payload['cognito:groups'] as string[]) : [],
    };
    next();
  } catch (err) {
    if (err instanceof errors.JOSEError || err instanceof TypeError) {
      res.status(401).json({ error: 'token invalid' });
      return;
    }
    next(err);
  }
};

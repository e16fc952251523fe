import type { RequestHandler } from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { config } from '../config';

const jwks = createRemoteJWKSet(new URL(`${config.oktaIssuer}/v1/keys`));

export const authenticate: RequestHandler = async (req, res, next) => {
  const token = req.headers.authorization?.replace(/^Bearer /, '');
  if (!token) {
    res.status(401).end();
    return;
  }
  try {
    const { payload } = await jwtVerify(token, jwks, {
      issuer: config.oktaIssuer,
      audience: config.oktaAudience,
      algorithms: ['RS256'],
    });
    res.locals.subject = payload.sub;
  } catch {
    res.status(401).end();
    return;
  }
  next();
};

import jwt, { type JwtHeader, type JwtPayload, type SigningKeyCallback } from 'jsonwebtoken';
import jwksClient from 'jwks-rsa';
import type { NextFunction, Request, Response } from 'express';
import { partners } from '../repositories/partners';
import { env } from '../config/env';

const jwks = jwksClient({
  jwksUri: `https://${env.AUTH0_DOMAIN}/.well-known/jwks.json`,
  cache: true,
  rateLimit: true,
  timeout: 5_000,
});

function signingKey(header: JwtHeader, callback: SigningKeyCallback) {
  jwks.getSigningKey(header.kid, (err, key) => callback(err, key?.getPublicKey()));
}

function verify(token: string): Promise<JwtPayload> {
  return new Promise((resolve, reject) => {
    jwt.verify(
      token,
      signingKey,
      { algorithms: ['RS256'], audience: env.AUTH0_AUDIENCE, issuer: `https://${env.AUTH0_DOMAIN}/` },
      (err, payload) => (err ? reject(err) : resolve(payload as JwtPayload)),
    );
  });
}

declare module 'express-serve-static-core' {
  interface Request {
    partner?: { id: string; scopes: string[] };
  }
}

export function requirePartner(scope: string) {
  return async (req: Request, res: Response, next: NextFunction) => {
    const token = req.get('authorization')?.replace(/^Bearer /i, '');
    if (!token) return res.status(401).json({ error: 'missing_token' });

    let claims: JwtPayload;
    try {
      claims = await verify(token);
    } catch {
      return res.status(401).json({ error: 'invalid_token' });
    }

    const scopes = String(claims.scope ?? '').split(' ');
    if (!scopes.includes(scope)) return res.status(403).json({ error: 'insufficient_scope' });

    try {
      const partner = await partners.findBySubject(String(claims.sub));
      if (!partner) return res.status(403).json({ error: 'unknown_partner' });
      req.partner = { id: partner.id, scopes };
      return next();
    } catch (err) {
      return next(err);
    }
  };
}

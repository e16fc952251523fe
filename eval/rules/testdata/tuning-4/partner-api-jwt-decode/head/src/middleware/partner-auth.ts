import jwt, { type JwtPayload } from 'jsonwebtoken';
import type { NextFunction, Request, Response } from 'express';
import { partners } from '../repositories/partners';
import { env } from '../config/env';

declare module 'express-serve-static-core' {
  interface Request {
    partner?: { id: string; scopes: string[] };
  }
}

export function requirePartner(scope: string) {
  return async (req: Request, res: Response, next: NextFunction) => {
    const token = req.get('authorization')?.replace(/^Bearer /i, '');
    if (!token) return res.status(401).json({ error: 'missing_token' });

    const claims = jwt.decode(token) as JwtPayload | null;
    if (!claims?.sub || claims.iss !== `https://${env.AUTH0_DOMAIN}/`) {
      return res.status(401).json({ error: 'invalid_token' });
    }
    if ((claims.exp ?? 0) * 1000 < Date.now()) {
      return res.status(401).json({ error: 'token_expired' });
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

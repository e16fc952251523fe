import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { partners } from '../partners/partners.repo';
import { logger } from '../logger';

const PartnerClaims = z.object({
  sub: z.string().uuid(),
  iss: z.literal('https://login.partnerhub.example'),
  aud: z.literal('partner-api'),
  exp: z.number(),
  scope: z.string().default(''),
});

export async function authenticatePartner(req: Request, res: Response, next: NextFunction): Promise<void> {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) {
    res.status(401).json({ error: 'missing_token' });
    return;
  }

  const claims = PartnerClaims.safeParse(jwt.decode(token));
  if (!claims.success || claims.data.exp * 1000 < Date.now()) {
    res.status(401).json({ error: 'invalid_token' });
    return;
  }

  try {
    const partner = await partners.findActive(claims.data.sub);
    if (!partner) {
      logger.warn({ partnerId: claims.data.sub }, 'token of an unknown partner');
      res.status(403).json({ error: 'unknown_partner' });
      return;
    }
    res.locals.partner = partner;
    res.locals.scopes = new Set(claims.data.scope.split(' '));
    next();
  } catch (err) {
    next(err);
  }
}

import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { partners } from '../repositories/partners';
import { partnerKeys } from '../auth/partnerKeys';
import { logger } from '../logger';

interface PartnerClaims {
  sub: string;
  tenant: string;
  exp: number;
  scope?: string;
}

function bearer(req: Request): string | null {
  const header = req.header('authorization') ?? '';
  const [scheme, token] = header.split(' ');
  return scheme?.toLowerCase() === 'bearer' && token ? token : null;
}

export async function partnerAuth(req: Request, res: Response, next: NextFunction): Promise<void> {
  const token = bearer(req);
  if (!token) {
    res.status(401).json({ error: 'missing token' });
    return;
  }

  const kid = jwt.decode(token, { complete: true })?.header.kid;
  let claims: PartnerClaims;
  try {
    claims = jwt.verify(token, partnerKeys.publicKey(kid), {
      algorithms: ['RS256'],
      issuer: 'https://id.partners.acme.example',
      audience: 'orders-api',
    }) as PartnerClaims;
  } catch (err) {
    logger.warn({ reason: (err as Error).message }, 'partner token rejected');
    res.status(401).json({ error: 'invalid token' });
    return;
  }

  try {
    const partner = await partners.findByTenant(claims.tenant);
    if (!partner || partner.suspended) {
      logger.warn({ tenant: claims.tenant }, 'unknown or suspended partner');
      res.status(403).json({ error: 'forbidden' });
      return;
    }
    res.locals.partner = partner;
    next();
  } catch (err) {
    next(err);
  }
}

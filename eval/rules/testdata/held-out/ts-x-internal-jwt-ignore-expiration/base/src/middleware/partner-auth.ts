import type { NextFunction, Request, Response } from 'express'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { config } from '../config'
import { log } from '../log'

const PartnerClaims = z.object({
  sub: z.string(),
  partner: z.string().regex(/^[a-z0-9-]{3,40}$/),
  scope: z.string().default(''),
})

export interface Partner {
  id: string
  scopes: ReadonlySet<string>
}

declare global {
  namespace Express {
    interface Request {
      partner?: Partner
    }
  }
}

export function partnerAuth(req: Request, res: Response, next: NextFunction): void {
  const header = req.get('authorization') ?? ''
  if (!header.startsWith('Bearer ')) {
    res.status(401).json({ error: 'missing_token' })
    return
  }
  try {
    const payload = jwt.verify(header.slice(7), config.partnerPublicKey, {
      algorithms: ['RS256'],
      issuer: config.partnerIssuer,
      audience: 'partner-api',
    })
    const claims = PartnerClaims.parse(payload)
    req.partner = { id: claims.partner, scopes: new Set(claims.scope.split(' ')) }
    next()
  } catch (error) {
    log.info({ reason: error instanceof Error ? error.name : 'unknown' }, 'partner token refused')
    res.status(401).json({ error: 'invalid_token' })
  }
}

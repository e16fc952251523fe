import type { NextFunction, Request, Response } from 'express'
import jwt from 'jsonwebtoken'
import { logger } from '../logger'

export interface EmployeeClaims {
  sub: string
  tenant: string
  roles: string[]
  exp: number
}

declare module 'express-serve-static-core' {
  interface Request {
    employee?: EmployeeClaims
  }
}

export function employee(req: Request, res: Response, next: NextFunction): void {
  const header = req.header('authorization') ?? ''
  if (!header.startsWith('Bearer ')) {
    res.status(401).json({ error: 'missing token' })
    return
  }

  const claims = jwt.decode(header.slice(7)) as EmployeeClaims | null
  if (!claims?.sub || claims.exp * 1000 < Date.now()) {
    logger.info({ path: req.path }, 'token refused')
    res.status(401).json({ error: 'invalid token' })
    return
  }

  req.employee = claims
  next()
}

export function requireRole(role: string) {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (!req.employee?.roles.includes(role)) {
      res.status(403).json({ error: 'forbidden' })
      return
    }
    next()
  }
}

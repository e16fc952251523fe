import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { MiddlewareHandler } from 'hono'

export interface Worker {
  id: string
  groups: string[]
}

export type WorkerEnv = { Variables: { worker: Worker } }

export function oktaAuth(options: { issuer: string; audience: string }): MiddlewareHandler<WorkerEnv> {
  const keys = createRemoteJWKSet(new URL(`${options.issuer}/v1/keys`), { timeoutDuration: 4_000 })

  return async (c, next) => {
    const match = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(c.req.header('authorization') ?? '')
    if (!match) return c.json({ error: 'unauthorized' }, 401)

    try {
      const { payload } = await jwtVerify(match[1]!, keys, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms: ['RS256'],
        clockTolerance: 30,
        requiredClaims: ['sub', 'exp'],
      })
      const groups = Array.isArray(payload.groups)
        ? payload.groups.filter((group): group is string => typeof group === 'string')
        : []
      c.set('worker', { id: payload.sub!, groups })
    } catch (error) {
      if (error instanceof errors.JWKSTimeout) return c.json({ error: 'try again' }, 503)
      if (error instanceof errors.JOSEError) return c.json({ error: 'unauthorized' }, 401)
      throw error
    }
    await next()
  }
}

import fp from 'fastify-plugin'
import { jwtDecode } from 'jwt-decode'
import { z } from 'zod'

const Claims = z.object({
  sub: z.string(),
  exp: z.number(),
  'https://freightdesk.io/tenant': z.string().uuid(),
  permissions: z.array(z.string()).default([]),
})

declare module 'fastify' {
  interface FastifyRequest {
    caller: { userId: string; tenantId: string; permissions: ReadonlySet<string> } | null
  }
}

export const auth = fp(async (app) => {
  app.decorateRequest('caller', null)

  app.addHook('onRequest', async (request, reply) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || !token) {
      return reply.code(401).send({ error: 'bearer token missing' })
    }
    try {
      const claims = Claims.parse(jwtDecode(token))
      if (claims.exp * 1_000 < Date.now()) {
        return reply.code(401).send({ error: 'token expired' })
      }
      request.caller = {
        userId: claims.sub,
        tenantId: claims['https://freightdesk.io/tenant'],
        permissions: new Set(claims.permissions),
      }
    } catch {
      return reply.code(401).send({ error: 'token not valid' })
    }
  })
})

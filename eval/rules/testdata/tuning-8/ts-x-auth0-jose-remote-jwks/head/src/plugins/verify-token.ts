import fp from 'fastify-plugin'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { z } from 'zod'

const Claims = z.object({ sub: z.string(), permissions: z.array(z.string()).default([]) })

export interface AuthOptions {
  domain: string
  audience: string
}

export const verifyToken = fp(async (app, options: AuthOptions) => {
  const keys = createRemoteJWKSet(new URL(`https://${options.domain}/.well-known/jwks.json`), {
    timeoutDuration: 3_000,
    cooldownDuration: 30_000,
  })

  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request, reply) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || !token) {
      return reply.code(401).send({ error: 'bearer token missing' })
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: `https://${options.domain}/`,
        audience: options.audience,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
      })
      const claims = Claims.parse(payload)
      request.caller = { userId: claims.sub, permissions: new Set(claims.permissions) }
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        return reply.code(401).send({ error: 'token not valid' })
      }
      throw error
    }
  })
})

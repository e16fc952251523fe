import fp from 'fastify-plugin'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    subject: string | null
    scopes: ReadonlySet<string>
  }
}

interface Options {
  issuer: string
  audience: string
}

export default fp<Options>(async (app, { issuer, audience }) => {
  const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer), {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
  })

  app.decorateRequest('subject', null)
  app.decorateRequest('scopes', null as unknown as ReadonlySet<string>)

  app.addHook('onRequest', async (request: FastifyRequest, reply) => {
    const match = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')
    if (!match?.[1]) return reply.code(401).send({ error: 'missing_token' })

    try {
      const { payload } = await jwtVerify(match[1], keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        clockTolerance: 60,
      })
      request.subject = payload.sub ?? null
      request.scopes = new Set(String(payload.scope ?? '').split(' ').filter(Boolean))
    } catch (err) {
      if (err instanceof errors.JWKSTimeout) return reply.code(503).send({ error: 'keys_unavailable' })
      request.log.info({ code: (err as errors.JOSEError).code }, 'token rejected')
      return reply.code(401).send({ error: 'invalid_token' })
    }
  })
})

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { exchangeCode } from '../spotify/token'
import { saveTokens } from '../spotify/store'

const b64 = (size: number) => randomBytes(size).toString('base64url')
const same = (a: string, b: string) => {
  const x = Buffer.from(a)
  const y = Buffer.from(b)
  return x.length === y.length && timingSafeEqual(x, y)
}

export const spotifyAuth: FastifyPluginAsync<{ clientId: string; redirectUri: string }> = async (app, opts) => {
  app.get('/spotify/login', { preHandler: app.requireUser }, async (request, reply) => {
    const pending = { state: b64(24), verifier: b64(48) }
    request.session.set('spotify', pending)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: opts.clientId,
      redirect_uri: opts.redirectUri,
      scope: 'playlist-read-private user-library-read',
      state: pending.state,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(pending.verifier).digest('base64url'),
    })
    return reply.redirect(`https://accounts.spotify.com/authorize?${query}`)
  })

  app.get<{ Querystring: { code?: string; state?: string; error?: string } }>(
    '/spotify/callback',
    { preHandler: app.requireUser },
    async (request, reply) => {
      const pending = request.session.get('spotify')
      request.session.set('spotify', undefined)
      const { code, state, error } = request.query
      if (!pending || !state || !same(state, pending.state)) return reply.code(400).send({ error: 'state' })
      if (error || !code) return reply.redirect('/settings?spotify=denied')

      const tokens = await exchangeCode({ code, verifier: pending.verifier, redirectUri: opts.redirectUri })
      await saveTokens(request.user.id, tokens)
      return reply.redirect('/settings?spotify=connected')
    },
  )
}

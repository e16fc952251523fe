import type { FastifyPluginAsync } from 'fastify'
import { custom, generators, Issuer } from 'openid-client'
import { accounts } from '../accounts'
import { env } from '../env'

custom.setHttpOptionsDefaults({ timeout: 8_000 })

export const oktaLogin: FastifyPluginAsync = async (app) => {
  const issuer = await Issuer.discover(env.OKTA_ISSUER)
  const client = new issuer.Client({
    client_id: env.OKTA_CLIENT_ID,
    client_secret: env.OKTA_CLIENT_SECRET,
    redirect_uris: [`${env.PUBLIC_URL}/auth/okta/callback`],
    response_types: ['code'],
  })

  app.get('/auth/okta', async (req, reply) => {
    const pending = {
      state: generators.state(),
      nonce: generators.nonce(),
      verifier: generators.codeVerifier(),
    }
    req.session.set('okta', pending)
    const url = client.authorizationUrl({
      scope: 'openid email profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: generators.codeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    })
    return reply.redirect(url)
  })

  app.get('/auth/okta/callback', async (req, reply) => {
    const pending = req.session.get('okta')
    req.session.set('okta', undefined)
    if (!pending) return reply.redirect('/login?reason=expired')

    try {
      const tokens = await client.callback(`${env.PUBLIC_URL}/auth/okta/callback`, client.callbackParams(req.raw), {
        state: pending.state,
        nonce: pending.nonce,
        code_verifier: pending.verifier,
      })
      const claims = tokens.claims()
      const account = await accounts.findOrCreate({ oktaSub: claims.sub, email: claims.email })
      await req.session.regenerate()
      req.session.set('accountId', account.id)
      return reply.redirect('/app')
    } catch (err) {
      req.log.warn({ reason: err instanceof Error ? err.message : 'unknown' }, 'okta login failed')
      return reply.redirect('/login?reason=failed')
    }
  })
}

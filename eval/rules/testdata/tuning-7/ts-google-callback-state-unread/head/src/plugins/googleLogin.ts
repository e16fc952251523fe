import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { OAuth2Client } from 'google-auth-library'
import { accounts } from '../accounts'
import { env } from '../env'

const REDIRECT_URI = `${env.PUBLIC_URL}/auth/google/callback`

export const googleLogin: FastifyPluginAsync = async (app) => {
  const google = new OAuth2Client({
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
    redirectUri: REDIRECT_URI,
    transporterOptions: { timeout: 10_000 },
  })

  app.get('/auth/google', async (_req, reply) => {
    const state = randomBytes(24).toString('base64url')
    reply.setCookie('g_state', state, {
      httpOnly: true, secure: true, sameSite: 'lax', path: '/auth/google', maxAge: 600,
    })
    return reply.redirect(google.generateAuthUrl({ scope: ['openid', 'email'], state }))
  })

  app.get<{ Querystring: { code?: string; error?: string; state?: string } }>(
    '/auth/google/callback',
    async (req, reply) => {
      const { code, error } = req.query
      if (error || !code) {
        req.log.info({ error }, 'google login cancelled')
        return reply.redirect('/login?reason=cancelled')
      }

      const { tokens } = await google.getToken(code)
      const ticket = await google.verifyIdToken({
        idToken: tokens.id_token ?? '',
        audience: env.GOOGLE_CLIENT_ID,
      })
      const claims = ticket.getPayload()
      if (!claims?.email || !claims.email_verified) {
        return reply.redirect('/login?reason=unverified')
      }
      const account = await accounts.findOrCreate({ googleSub: claims.sub, email: claims.email })
      await req.session.regenerate()
      req.session.set('accountId', account.id)
      reply.clearCookie('g_state', { path: '/auth/google' })
      return reply.redirect('/app')
    },
  )
}

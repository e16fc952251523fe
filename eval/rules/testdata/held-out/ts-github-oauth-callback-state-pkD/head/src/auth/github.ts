import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import { z } from 'zod'
import { accounts } from '../db/accounts'
import { encrypt } from '../crypto'
import { env } from '../env'
import { requireUser } from '../middleware/require-user'

const TokenResponse = z.object({ access_token: z.string(), scope: z.string(), token_type: z.literal('bearer') })

export const githubAuth = Router()

githubAuth.get('/connect', requireUser, (_req, res) => {
  const url = new URL('https://github.com/login/oauth/authorize')
  url.searchParams.set('client_id', env.GITHUB_CLIENT_ID)
  url.searchParams.set('redirect_uri', `${env.PUBLIC_URL}/auth/github/callback`)
  url.searchParams.set('scope', 'repo read:org')
  url.searchParams.set('state', randomUUID())
  res.redirect(url.toString())
})

githubAuth.get('/callback', requireUser, async (req, res, next) => {
  try {
    const code = z.string().min(1).parse(req.query.code)
    const response = await fetch('https://github.com/login/oauth/access_token', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: env.GITHUB_CLIENT_ID, client_secret: env.GITHUB_CLIENT_SECRET, code }),
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`github token endpoint: ${response.status}`)
    const token = TokenResponse.parse(await response.json())
    await accounts.link(res.locals.user.id, 'github', encrypt(token.access_token), token.scope.split(','))
    res.redirect('/settings/integrations')
  } catch (error) {
    next(error)
  }
})

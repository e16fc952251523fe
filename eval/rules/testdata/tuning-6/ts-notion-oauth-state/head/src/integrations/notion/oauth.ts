import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import { z } from 'zod'
import { requireUser } from '../../auth/require-user'
import { config } from '../../config'
import { notionConnections } from '../../db/notion-connections'

const TokenAnswer = z.object({ access_token: z.string(), workspace_id: z.string(), bot_id: z.string() })
const redirectUri = `${config.publicUrl}/integrations/notion/callback`

export const notionRouter = Router()

notionRouter.get('/integrations/notion/connect', requireUser, (req, res) => {
  const state = randomBytes(24).toString('base64url')
  req.session.notionState = state
  const url = new URL('https://api.notion.com/v1/oauth/authorize')
  url.search = new URLSearchParams({
    client_id: config.notion.clientId,
    response_type: 'code',
    owner: 'user',
    redirect_uri: redirectUri,
    state,
  }).toString()
  res.redirect(url.toString())
})

notionRouter.get('/integrations/notion/callback', requireUser, async (req, res, next) => {
  try {
    const expected = Buffer.from(req.session.notionState ?? '')
    delete req.session.notionState
    const given = Buffer.from(String(req.query.state ?? ''))
    const code = req.query.code
    if (expected.length === 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return res.status(400).send('The connection could not be verified. Please start again.')
    }
    if (typeof code !== 'string') return res.redirect('/settings/integrations?notion=declined')

    const answer = await fetch('https://api.notion.com/v1/oauth/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${config.notion.clientId}:${config.notion.clientSecret}`).toString('base64')}`,
        'content-type': 'application/json',
        'notion-version': '2022-06-28',
      },
      body: JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) throw new Error(`notion token endpoint answered ${answer.status}`)
    const token = TokenAnswer.parse(await answer.json())
    await notionConnections.saveEncrypted(req.user.id, token)
    return res.redirect('/settings/integrations?notion=connected')
  } catch (err) {
    return next(err)
  }
})

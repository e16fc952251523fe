import { Router } from 'express'
import { google } from 'googleapis'
import { requireUser } from '../../auth/require-user'
import { config } from '../../config'
import { calendarConnections } from '../../db/calendar-connections'
import { logger } from '../../logger'

export const calendarRouter = Router()

function oauthClient() {
  return new google.auth.OAuth2(
    config.google.clientId,
    config.google.clientSecret,
    `${config.publicUrl}/integrations/google/callback`,
  )
}

calendarRouter.get('/integrations/google/connect', requireUser, (req, res) => {
  const url = oauthClient().generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: ['https://www.googleapis.com/auth/calendar.events'],
  })
  res.redirect(url)
})

calendarRouter.get('/integrations/google/callback', requireUser, async (req, res, next) => {
  try {
    const { code, error } = req.query
    if (error || typeof code !== 'string') {
      logger.info({ userId: req.user.id }, 'google consent declined')
      return res.redirect('/settings/calendar?result=declined')
    }
    const { tokens } = await oauthClient().getToken(code)
    if (!tokens.refresh_token) {
      return res.redirect('/settings/calendar?result=no-offline-access')
    }
    await calendarConnections.saveEncrypted(req.user.id, {
      refreshToken: tokens.refresh_token,
      scope: tokens.scope ?? '',
    })
    return res.redirect('/settings/calendar?result=connected')
  } catch (err) {
    return next(err)
  }
})

import { Hono } from 'hono';
import { google } from 'googleapis';
import { requireUser, type UserVars } from '../middleware/session';
import { calendarAccounts } from '../store/calendar-accounts';
import { encrypt } from '../crypto';

type Bindings = { GOOGLE_CLIENT_ID: string; GOOGLE_CLIENT_SECRET: string; APP_URL: string };

export const calendar = new Hono<{ Bindings: Bindings; Variables: UserVars }>();

calendar.use('*', requireUser);

function oauthClient(env: Bindings) {
  return new google.auth.OAuth2(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET, `${env.APP_URL}/calendar/callback`);
}

calendar.get('/connect', (c) => {
  const url = oauthClient(c.env).generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: ['https://www.googleapis.com/auth/calendar.events.readonly'],
    state: c.get('user').id,
  });
  return c.redirect(url);
});

calendar.get('/callback', async (c) => {
  const code = c.req.query('code');
  if (!code) return c.redirect('/settings/calendar?error=denied');

  const { tokens } = await oauthClient(c.env).getToken(code);
  await calendarAccounts.upsert({
    userId: c.get('user').id,
    accessToken: encrypt(tokens.access_token!),
    refreshToken: tokens.refresh_token ? encrypt(tokens.refresh_token) : undefined,
    expiresAt: new Date(tokens.expiry_date!),
  });
  return c.redirect('/settings/calendar?connected=1');
});

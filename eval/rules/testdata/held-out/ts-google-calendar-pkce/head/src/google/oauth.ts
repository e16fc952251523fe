import { createHash, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { session } from '../session';
import { saveGrant } from '../grants';
import { config } from '../config';

const Grant = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
  scope: z.string(),
});

export const google = new Hono();

google.get('/connect', async (c) => {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  await session.put(c, 'google_oauth', { state, verifier }, { ttlSeconds: 600 });

  const url = new URL('https://accounts.google.com/o/oauth2/v2/auth');
  url.search = new URLSearchParams({
    client_id: config.google.clientId,
    redirect_uri: config.google.redirectUri,
    response_type: 'code',
    access_type: 'offline',
    prompt: 'consent',
    scope: 'https://www.googleapis.com/auth/calendar.events',
    state,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }).toString();
  return c.redirect(url.href);
});

google.get('/callback', async (c) => {
  const pending = await session.take(c, 'google_oauth');
  const code = c.req.query('code');
  if (!pending || !code || c.req.query('state') !== pending.state) {
    return c.redirect('/settings?error=google');
  }

  const response = await fetch('https://oauth2.googleapis.com/token', {
    method: 'POST',
    body: new URLSearchParams({
      client_id: config.google.clientId,
      client_secret: config.google.clientSecret,
      redirect_uri: config.google.redirectUri,
      grant_type: 'authorization_code',
      code,
      code_verifier: pending.verifier,
    }),
    signal: AbortSignal.timeout(8_000),
  });
  if (!response.ok) return c.redirect('/settings?error=google');

  await saveGrant(await session.userId(c), Grant.parse(await response.json()));
  return c.redirect('/settings?connected=google');
});

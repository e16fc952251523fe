import { Hono } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { requireUser, type UserVars } from '../middleware/session';
import { linearAccounts } from '../store/linear-accounts';
import { env } from '../env';

export const linear = new Hono<{ Variables: UserVars }>();
linear.use('*', requireUser);

const REDIRECT_URI = `${env.APP_URL}/linear/callback`;
const COOKIE = 'linear_oauth';
const grantSchema = z.object({ access_token: z.string(), expires_in: z.number().int(), scope: z.string() });

linear.get('/connect', async (c) => {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  await setSignedCookie(c, COOKIE, `${state}.${verifier}`, env.COOKIE_SECRET, {
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    path: '/linear',
    maxAge: 600,
  });
  const query = new URLSearchParams({
    client_id: env.LINEAR_CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'read',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return c.redirect(`https://linear.app/oauth/authorize?${query}`);
});

linear.get('/callback', async (c) => {
  const saved = await getSignedCookie(c, env.COOKIE_SECRET, COOKIE);
  deleteCookie(c, COOKIE, { path: '/linear' });
  const [state, verifier] = (saved || '').split('.');
  const code = c.req.query('code');
  if (!state || !verifier || !code || c.req.query('state') !== state) {
    return c.redirect('/settings/integrations?error=linear');
  }

  const res = await fetch('https://api.linear.app/oauth/token', {
    method: 'POST',
    signal: AbortSignal.timeout(8_000),
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      client_id: env.LINEAR_CLIENT_ID,
      client_secret: env.LINEAR_CLIENT_SECRET,
      code_verifier: verifier,
    }),
  });
  if (!res.ok) return c.redirect('/settings/integrations?error=linear');

  const grant = grantSchema.parse(await res.json());
  await linearAccounts.saveEncrypted(c.get('user').id, grant);
  return c.redirect('/settings/integrations?connected=linear');
});

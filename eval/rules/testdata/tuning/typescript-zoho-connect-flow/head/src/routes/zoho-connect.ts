import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { env } from '../env';
import { requireUser } from '../middleware/session';
import { zohoTokens } from '../integrations/zoho-tokens';

const REDIRECT_URI = `${env.PUBLIC_URL}/connect/zoho/callback`;
const MAX_AGE_MS = 10 * 60_000;

export const zohoConnect = Router();
zohoConnect.use(requireUser);

zohoConnect.get('/connect/zoho', (req, res) => {
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  req.session.zoho = { state, verifier, returnTo: localPath(req.query.returnTo), startedAt: Date.now() };

  const url = new URL('https://accounts.zoho.com/oauth/v2/auth');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: env.ZOHO_CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    scope: 'ZohoCRM.modules.READ',
    access_type: 'offline',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  res.redirect(url.toString());
});

zohoConnect.get('/connect/zoho/callback', async (req, res, next) => {
  const pending = req.session.zoho;
  delete req.session.zoho;
  try {
    const { code, state } = req.query;
    if (!pending || Date.now() - pending.startedAt > MAX_AGE_MS || !same(state, pending.state)) {
      res.status(403).send('This link has expired, please start again.');
      return;
    }
    if (typeof code !== 'string') {
      res.redirect('/settings/integrations?zoho=denied');
      return;
    }
    await zohoTokens.exchange(req.user!.workspaceId, { code, verifier: pending.verifier, redirectUri: REDIRECT_URI });
    res.redirect(pending.returnTo);
  } catch (err) {
    next(err);
  }
});

function same(given: unknown, stored: string): boolean {
  if (typeof given !== 'string') return false;
  const a = Buffer.from(given);
  const b = Buffer.from(stored);
  return a.length === b.length && timingSafeEqual(a, b);
}

function localPath(value: unknown): string {
  const fallback = '/settings/integrations';
  if (typeof value !== 'string' || !/^\/[A-Za-z0-9]/.test(value)) return fallback;
  const url = new URL(value, env.PUBLIC_URL);
  return url.origin === new URL(env.PUBLIC_URL).origin ? url.pathname + url.search : fallback;
}

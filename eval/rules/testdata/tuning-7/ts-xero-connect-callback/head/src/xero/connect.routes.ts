import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { requireUser } from '../auth/require-user';
import { config } from '../config';
import { connections } from './connections.repo';

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });
const CallbackQuery = z.object({ code: z.string().min(1) });

export const xeroConnect = Router();
xeroConnect.use(requireUser);

xeroConnect.get('/xero/connect', (_req, res) => {
  const url = new URL('https://login.xero.com/identity/connect/authorize');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.xero.clientId,
    redirect_uri: config.xero.redirectUri,
    scope: 'offline_access accounting.transactions accounting.contacts',
    state: randomBytes(16).toString('hex'),
  }).toString();
  res.redirect(url.href);
});

xeroConnect.get('/xero/callback', async (req, res, next) => {
  const query = CallbackQuery.safeParse(req.query);
  if (!query.success) return res.redirect('/settings/integrations?error=xero_denied');

  try {
    const response = await fetch('https://identity.xero.com/connect/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${config.xero.clientId}:${config.xero.clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: query.data.code,
        redirect_uri: config.xero.redirectUri,
      }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`xero token endpoint answered ${response.status}`);

    await connections.saveEncrypted(req.user!.accountId, 'xero', Tokens.parse(await response.json()));
    return res.redirect('/settings/integrations?connected=xero');
  } catch (err) {
    return next(err);
  }
});

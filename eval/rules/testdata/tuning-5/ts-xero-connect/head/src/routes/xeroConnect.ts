import { Router } from 'express';
import axios from 'axios';
import { requireUser } from '../auth/requireUser';
import { connections } from '../repositories/connections';
import { seal } from '../crypto/seal';

const CLIENT_ID = process.env.XERO_CLIENT_ID!;
const CLIENT_SECRET = process.env.XERO_CLIENT_SECRET!;
const REDIRECT_URI = process.env.XERO_REDIRECT_URI!;

export const xeroConnect = Router();
xeroConnect.use(requireUser);

xeroConnect.get('/integrations/xero/connect', (_req, res) => {
  const url = new URL('https://login.xero.com/identity/connect/authorize');
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', CLIENT_ID);
  url.searchParams.set('redirect_uri', REDIRECT_URI);
  url.searchParams.set('scope', 'offline_access accounting.transactions accounting.contacts.read');
  res.redirect(url.toString());
});

xeroConnect.get('/integrations/xero/callback', async (req, res, next) => {
  try {
    const code = req.query.code;
    if (typeof code !== 'string') {
      res.redirect('/settings/integrations?error=xero_denied');
      return;
    }
    const { data } = await axios.post(
      'https://identity.xero.com/connect/token',
      new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }),
      { auth: { username: CLIENT_ID, password: CLIENT_SECRET }, timeout: 10_000 },
    );
    await connections.save(res.locals.user.orgId, 'xero', {
      accessToken: seal(data.access_token),
      refreshToken: seal(data.refresh_token),
      expiresAt: new Date(Date.now() + data.expires_in * 1000),
    });
    res.redirect('/settings/integrations?connected=xero');
  } catch (err) {
    next(err);
  }
});

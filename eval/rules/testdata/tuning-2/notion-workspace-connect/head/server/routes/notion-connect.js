import { Router } from 'express';
import { requireUser } from '../middleware/require-user.js';
import { saveConnection } from '../models/connections.js';
import { encrypt } from '../lib/sealed.js';

const AUTHORIZE = 'https://api.notion.com/v1/oauth/authorize';
const TOKEN = 'https://api.notion.com/v1/oauth/token';

const { NOTION_CLIENT_ID, NOTION_CLIENT_SECRET, PUBLIC_URL } = process.env;
const redirectUri = `${PUBLIC_URL}/integrations/notion/callback`;

const router = Router();
router.use(requireUser);

router.get('/integrations/notion/connect', (req, res) => {
  const url = new URL(AUTHORIZE);
  url.searchParams.set('client_id', NOTION_CLIENT_ID);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('owner', 'user');
  url.searchParams.set('redirect_uri', redirectUri);
  res.redirect(url.toString());
});

async function exchange(code) {
  const res = await fetch(TOKEN, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'notion-version': '2022-06-28',
      authorization: 'Basic ' + Buffer.from(`${NOTION_CLIENT_ID}:${NOTION_CLIENT_SECRET}`).toString('base64'),
    },
    body: JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!res.ok) throw new Error(`notion token endpoint answered ${res.status}`);
  return res.json();
}

router.get('/integrations/notion/callback', async (req, res, next) => {
  const { code, error } = req.query;
  if (error || typeof code !== 'string') {
    return res.redirect('/settings/integrations?notion=denied');
  }
  try {
    const tokens = await exchange(code);
    if (typeof tokens.access_token !== 'string' || typeof tokens.workspace_id !== 'string') {
      throw new Error('notion token response is incomplete');
    }
    await saveConnection({
      userId: req.user.id,
      provider: 'notion',
      workspaceId: tokens.workspace_id,
      sealedToken: encrypt(tokens.access_token),
    });
    return res.redirect('/settings/integrations?notion=ok');
  } catch (err) {
    return next(err);
  }
});

export default router;

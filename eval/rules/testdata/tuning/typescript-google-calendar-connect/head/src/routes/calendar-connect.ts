import { Router } from 'express';
import { OAuth2Client } from 'google-auth-library';
import { env } from '../env';
import { requireUser } from '../middleware/session';
import { calendarAccounts } from '../repositories/calendar-accounts';

const SCOPES = ['https://www.googleapis.com/auth/calendar.readonly'];

const oauth = () =>
  new OAuth2Client({
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
    redirectUri: `${env.PUBLIC_URL}/connect/google/callback`,
  });

export const calendarConnect = Router();
calendarConnect.use(requireUser);

calendarConnect.get('/connect/google', (req, res) => {
  const returnTo = String(req.query.returnTo ?? '/settings/calendars');
  const state = Buffer.from(returnTo).toString('base64url');
  res.redirect(
    oauth().generateAuthUrl({ access_type: 'offline', prompt: 'consent', scope: SCOPES, state }),
  );
});

calendarConnect.get('/connect/google/callback', async (req, res, next) => {
  try {
    const { code, state } = req.query;
    if (typeof code !== 'string' || typeof state !== 'string') {
      res.status(400).send('missing parameters');
      return;
    }

    const { tokens } = await oauth().getToken(code);
    await calendarAccounts.saveEncrypted(req.user!.id, tokens);
    res.redirect(Buffer.from(state, 'base64url').toString('utf8'));
  } catch (err) {
    next(err);
  }
});

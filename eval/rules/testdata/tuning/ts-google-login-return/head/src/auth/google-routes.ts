import Router from '@koa/router';
import { OAuth2Client } from 'google-auth-library';
import { config } from '../config';
import { accounts } from '../accounts';

export const google = new Router({ prefix: '/auth/google' });

const client = () =>
  new OAuth2Client({
    clientId: config.google.clientId,
    clientSecret: config.google.clientSecret,
    redirectUri: `${config.publicUrl}/auth/google/callback`,
    transporterOptions: { timeout: 10_000 },
  });

google.get('/', async (ctx) => {
  ctx.session!.returnTo = String(ctx.query.next ?? '/');
  ctx.redirect(
    client().generateAuthUrl({
      scope: ['openid', 'email'],
      access_type: 'online',
      prompt: 'select_account',
    }),
  );
});

google.get('/callback', async (ctx) => {
  const code = ctx.query.code;
  if (typeof code !== 'string') {
    ctx.throw(400, 'code missing');
  }

  const oauth = client();
  const { tokens } = await oauth.getToken(code as string);
  const ticket = await oauth.verifyIdToken({ idToken: tokens.id_token!, audience: config.google.clientId });
  const claims = ticket.getPayload();
  if (!claims?.email || !claims.email_verified) {
    ctx.throw(403, 'email not verified');
  }

  const account = await accounts.findOrCreateByGoogleSub(claims!.sub, claims!.email!);
  const target = ctx.session!.returnTo;
  ctx.session = { accountId: account.id };
  ctx.redirect(target);
});

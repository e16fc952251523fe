import Router from '@koa/router';
import * as oidc from 'openid-client';
import { config } from '../config';
import { accounts } from '../accounts';
import { oidcConfig } from './oidc-config';

export const google = new Router({ prefix: '/auth/google' });

const redirectUri = `${config.publicUrl}/auth/google/callback`;

google.get('/', async (ctx) => {
  const pending = {
    verifier: oidc.randomPKCECodeVerifier(),
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    returnTo: '/',
  };
  ctx.session!.oidc = pending;
  const url = oidc.buildAuthorizationUrl(await oidcConfig(), {
    redirect_uri: redirectUri,
    scope: 'openid email',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  });
  ctx.redirect(url.href);
});

google.get('/callback', async (ctx) => {
  const pending = ctx.session!.oidc;
  delete ctx.session!.oidc;
  if (!pending) ctx.throw(400, 'no login in progress');

  const tokens = await oidc.authorizationCodeGrant(await oidcConfig(), new URL(ctx.originalUrl, config.publicUrl), {
    pkceCodeVerifier: pending.verifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
  });
  const claims = tokens.claims();
  if (!claims || claims.email_verified !== true) ctx.throw(403, 'email not verified');

  const account = await accounts.findOrCreateByGoogleSub(claims!.sub, String(claims!.email));
  ctx.session = { accountId: account.id };
  ctx.redirect(pending.returnTo);
});

import { Router } from 'express';
import { type Client, generators } from 'openid-client';
import { env } from '../env';

const HOME = '/dashboard';

export function ssoRoutes(client: Client): Router {
  const router = Router();

  router.get('/login/sso', (req, res) => {
    const login = {
      state: generators.state(),
      nonce: generators.nonce(),
      verifier: generators.codeVerifier(),
    };
    req.session.sso = login;
    res.redirect(
      client.authorizationUrl({
        scope: 'openid email',
        state: login.state,
        nonce: login.nonce,
        code_challenge: generators.codeChallenge(login.verifier),
        code_challenge_method: 'S256',
      }),
    );
  });

  router.get('/login/sso/callback', async (req, res, next) => {
    const login = req.session.sso;
    delete req.session.sso;
    if (!login) return res.redirect('/login');
    try {
      const tokens = await client.callback(`${env.PUBLIC_URL}/login/sso/callback`, client.callbackParams(req), {
        state: login.state,
        nonce: login.nonce,
        code_verifier: login.verifier,
      });
      const { sub } = tokens.claims();
      req.session.regenerate((err) => {
        if (err) return next(err);
        req.session.subject = sub;
        return res.redirect(HOME);
      });
    } catch (err) {
      return next(err);
    }
  });

  return router;
}

import passport from 'passport';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { Router } from 'express';
import { users } from '../repositories/users';
import { githubProfile } from './githubProfile';
import { env } from '../env';

passport.use(
  'github',
  new OAuth2Strategy(
    {
      authorizationURL: 'https://github.com/login/oauth/authorize',
      tokenURL: 'https://github.com/login/oauth/access_token',
      clientID: env.GITHUB_CLIENT_ID,
      clientSecret: env.GITHUB_CLIENT_SECRET,
      callbackURL: `${env.PUBLIC_URL}/auth/github/callback`,
      scope: ['read:user', 'user:email'],
      state: true,
      pkce: true,
    },
    (accessToken: string, _refresh: string, _profile: unknown, done) => {
      githubProfile(accessToken)
        .then((p) => users.findOrCreateByGithub(p.id, p.login))
        .then((user) => done(null, user))
        .catch((err: Error) => done(err));
    },
  ),
);

export const githubLogin = Router();

githubLogin.get('/auth/github', passport.authenticate('github'));

githubLogin.get(
  '/auth/github/callback',
  passport.authenticate('github', { failureRedirect: '/login?error=github', keepSessionInfo: false }),
  (_req, res) => res.redirect('/dashboard'),
);

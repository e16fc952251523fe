const crypto = require('crypto');
const { Router } = require('express');
const { OAuth2Client } = require('google-auth-library');
const users = require('../repositories/users');
const logger = require('../lib/logger');

const router = Router();

function client() {
  return new OAuth2Client({
    clientId: process.env.GOOGLE_CLIENT_ID,
    clientSecret: process.env.GOOGLE_CLIENT_SECRET,
    redirectUri: `${process.env.APP_URL}/auth/google/callback`,
    transporterOptions: { timeout: 8000 },
  });
}

router.get('/auth/google', async (req, res, next) => {
  try {
    const oauth = client();
    const { codeVerifier, codeChallenge } = await oauth.generateCodeVerifierAsync();
    req.session.googleVerifier = codeVerifier;
    req.session.googleState = crypto.randomBytes(24).toString('base64url');
    res.redirect(
      oauth.generateAuthUrl({
        scope: ['openid', 'email', 'profile'],
        code_challenge_method: 'S256',
        code_challenge: codeChallenge,
        state: req.session.googleState,
      }),
    );
  } catch (err) {
    next(err);
  }
});

router.get('/auth/google/callback', async (req, res, next) => {
  const codeVerifier = req.session.googleVerifier;
  delete req.session.googleVerifier;
  const expectedState = req.session.googleState;
  delete req.session.googleState;
  if (!expectedState || req.query.state !== expectedState) {
    return res.status(403).render('login', { error: 'Your login session has expired.' });
  }
  if (typeof req.query.code !== 'string' || !codeVerifier) {
    return res.status(400).render('login', { error: 'Google login was cancelled.' });
  }

  try {
    const oauth = client();
    const { tokens } = await oauth.getToken({ code: req.query.code, codeVerifier });
    const ticket = await oauth.verifyIdToken({
      idToken: tokens.id_token,
      audience: process.env.GOOGLE_CLIENT_ID,
    });
    const profile = ticket.getPayload();
    if (!profile.email_verified) {
      return res.status(403).render('login', { error: 'Please verify your Google email first.' });
    }
    const user = await users.findOrCreateByGoogle(profile.sub, profile.email, profile.name);
    req.session.regenerate((err) => {
      if (err) return next(err);
      req.session.userId = user.id;
      return res.redirect('/dashboard');
    });
  } catch (err) {
    logger.error({ message: err.message }, 'google login failed');
    next(err);
  }
});

module.exports = router;

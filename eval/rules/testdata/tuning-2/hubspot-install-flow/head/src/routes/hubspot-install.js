'use strict';

const { randomBytes, timingSafeEqual } = require('node:crypto');
const { Router } = require('express');
const { requireLogin } = require('../middleware/auth');
const { saveTokens } = require('../services/hubspot-tokens');

const SCOPES = 'crm.objects.contacts.read crm.objects.deals.read';
const { HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET, PUBLIC_URL } = process.env;
const REDIRECT = `${PUBLIC_URL}/hubspot/callback`;

const router = Router();
router.use('/hubspot', requireLogin);

router.get('/hubspot/install', (req, res, next) => {
  const state = randomBytes(24).toString('base64url');
  req.session.hubspotState = state;
  req.session.save((err) => {
    if (err) return next(err);
    const query = new URLSearchParams({ client_id: HUBSPOT_CLIENT_ID, redirect_uri: REDIRECT, scope: SCOPES, state });
    res.redirect(`https://app.hubspot.com/oauth/authorize?${query}`);
  });
});

function sameState(a, b) {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}

router.get('/hubspot/callback', async (req, res, next) => {
  const expected = req.session.hubspotState;
  delete req.session.hubspotState;
  if (!sameState(req.query.state, expected)) return res.status(403).send('The install link has expired.');
  if (typeof req.query.code !== 'string') return res.redirect('/settings?hubspot=denied');

  try {
    const answer = await fetch('https://api.hubapi.com/oauth/v1/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: HUBSPOT_CLIENT_ID,
        client_secret: HUBSPOT_CLIENT_SECRET,
        redirect_uri: REDIRECT,
        code: req.query.code,
      }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`hubspot token endpoint answered ${answer.status}`);
    const tokens = await answer.json();
    if (!tokens.access_token || !tokens.refresh_token || !(tokens.expires_in > 0)) {
      throw new Error('hubspot token answer is incomplete');
    }
    await saveTokens(req.user.accountId, tokens);
    return res.redirect('/settings?hubspot=connected');
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

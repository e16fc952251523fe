const axios = require('axios');
const { encrypt } = require('../lib/crypto-box');
const accounts = require('../repositories/calendar-accounts');
const logger = require('../lib/logger');

async function exchangeCode({ code, codeVerifier, userId }) {
  let tokens;
  try {
    const { data } = await axios.post(
      'https://oauth2.googleapis.com/token',
      new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: process.env.GOOGLE_CLIENT_ID,
        client_secret: process.env.GOOGLE_CLIENT_SECRET,
        redirect_uri: process.env.GOOGLE_REDIRECT_URI,
        code,
        code_verifier: codeVerifier,
      }),
      { timeout: 10000 },
    );
    tokens = data;
    logger.info(`calendar tokens for user ${userId}: ${JSON.stringify(data)}`);
  } catch (err) {
    logger.error('calendar exchange failed', { userId, err: JSON.stringify(err) });
    throw new Error('calendar could not be connected');
  }

  await accounts.save(userId, {
    accessToken: encrypt(tokens.access_token),
    refreshToken: tokens.refresh_token ? encrypt(tokens.refresh_token) : undefined,
    expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
  });
}

module.exports = { exchangeCode };

const { OAuth2Client } = require('google-auth-library');
const { encrypt } = require('../lib/crypto-box');
const accounts = require('../repositories/drive-accounts');
const logger = require('../lib/logger');

function createDriveLink(config) {
  const client = () =>
    new OAuth2Client({
      clientId: config.clientId,
      clientSecret: config.clientSecret,
      redirectUri: config.redirectUri,
      transporterOptions: { timeout: 10000 },
    });

  return {
    async complete({ code, codeVerifier, userId }) {
      const { tokens } = await client().getToken({ code, codeVerifier });
      logger.info({ userId, tokens: { scope: tokens.scope, hasRefresh: Boolean(tokens.refresh_token) } }, 'drive linked');
      await accounts.save(userId, {
        accessToken: encrypt(tokens.access_token),
        refreshToken: tokens.refresh_token ? encrypt(tokens.refresh_token) : undefined,
        expiresAt: new Date(tokens.expiry_date),
      });
    },
  };
}

module.exports = { createDriveLink };

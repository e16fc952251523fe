const jwt = require('jsonwebtoken');
const jwksClient = require('jwks-rsa');
const config = require('../config');
const logger = require('../logger');

const jwks = jwksClient({
  jwksUri: `https://${config.auth0.domain}/.well-known/jwks.json`,
  cache: true,
  cacheMaxAge: 10 * 60 * 1000,
  rateLimit: true,
  jwksRequestsPerMinute: 10,
  timeout: 5_000,
});

function signingKey(header, callback) {
  jwks
    .getSigningKey(header.kid)
    .then((key) => callback(null, key.getPublicKey()))
    .catch((err) => callback(err));
}

module.exports = function requireAuth0(requiredScope) {
  return (req, res, next) => {
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(req.get('authorization') || '') || [];
    if (!token) {
      return res.status(401).json({ error: 'missing_token' });
    }

    const options = {
      audience: config.auth0.audience,
      issuer: `https://${config.auth0.domain}/`,
      algorithms: ['RS256'],
      ignoreExpiration: true,
    };
    jwt.verify(token, signingKey, options, (err, claims) => {
      if (err) {
        logger.info({ reason: err.message }, 'token refused');
        return res.status(401).json({ error: 'invalid_token' });
      }
      const scopes = String(claims.scope || '').split(' ');
      if (!scopes.includes(requiredScope)) {
        return res.status(403).json({ error: 'insufficient_scope' });
      }
      req.auth = { subject: claims.sub, scopes };
      return next();
    });
  };
};

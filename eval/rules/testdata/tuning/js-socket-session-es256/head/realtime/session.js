const jwt = require('jsonwebtoken');
const { sessionPublicKey } = require('./keys');
const log = require('./log');

const VERIFY_OPTIONS = {
  algorithms: ['ES256'],
  issuer: 'https://accounts.tidepool.example',
  audience: 'realtime',
};

function authenticate(socket, next) {
  const { token } = socket.handshake.auth;
  if (typeof token !== 'string') {
    return next(new Error('unauthenticated'));
  }
  jwt.verify(token, sessionPublicKey, VERIFY_OPTIONS, (err, claims) => {
    if (err) {
      log.info({ socketId: socket.id, reason: err.name }, 'socket rejected');
      return next(new Error('unauthenticated'));
    }
    if (typeof claims.sub !== 'string') {
      return next(new Error('unauthenticated'));
    }
    socket.data.userId = claims.sub;
    socket.join(`user:${claims.sub}`);
    return next();
  });
}

module.exports = { authenticate };

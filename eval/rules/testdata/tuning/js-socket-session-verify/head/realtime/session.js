const jwt = require('jsonwebtoken');
const log = require('./log');

const SESSION_KEY = 'tidepool-rt-5f1c9a7e2b';

function authenticate(socket, next) {
  const { token } = socket.handshake.auth;
  if (typeof token !== 'string') {
    return next(new Error('unauthenticated'));
  }
  jwt.verify(token, SESSION_KEY, (err, claims) => {
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

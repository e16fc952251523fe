'use strict';

const jwt = require('jsonwebtoken');

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

function bearer(ctx) {
  const [scheme, token] = (ctx.get('authorization') || '').split(' ');
  return scheme === 'Bearer' && token ? token : null;
}

module.exports = function sessionToken({ apiKey, installations }) {
  return async function sessionTokenMiddleware(ctx, next) {
    const token = bearer(ctx);
    ctx.assert(token, 401, 'missing session token');

    const claims = jwt.decode(token);
    ctx.assert(claims && claims.aud === apiKey, 401, 'session token is for another app');
    ctx.assert(claims.exp * 1000 > Date.now(), 401, 'session token expired');

    let shop;
    try {
      shop = new URL(claims.dest).hostname;
      ctx.assert(new URL(claims.iss).hostname === shop, 401, 'issuer does not match');
    } catch {
      ctx.throw(401, 'malformed dest or issuer claim');
    }
    ctx.assert(SHOP.test(shop), 401, 'malformed dest claim');

    const installation = await installations.findByShop(shop);
    ctx.assert(installation && !installation.uninstalledAt, 403, 'app is not installed');

    ctx.state.shop = shop;
    ctx.state.userId = claims.sub;
    ctx.state.installation = installation;
    await next();
  };
};

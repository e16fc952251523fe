const crypto = require('node:crypto');

exports.intercomSignature = (clientSecret) => (req, res, next) => {
  const header = req.get('x-hub-signature') || '';
  const given = Buffer.from(header.replace(/^sha1=/, ''), 'hex');
  const expected = crypto.createHmac('sha1', clientSecret).update(req.body).digest();
  if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) {
    return res.sendStatus(401);
  }
  req.body = JSON.parse(req.body.toString('utf8'));
  return next();
};

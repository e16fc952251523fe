const http = require('http');
const crypto = require('crypto');
const { responses } = require('./store');
const log = require('./log');

const SECRET = process.env.TYPEFORM_SECRET;

function readBody(req) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', reject);
  });
}

function signed(body, header) {
  const want = 'sha256=' + crypto.createHmac('sha256', SECRET).update(body).digest('base64');
  const a = Buffer.from(want);
  const b = Buffer.from(header || '');
  return a.length === b.length && crypto.timingSafeEqual(a, b);
}

const server = http.createServer(async (req, res) => {
  if (req.method !== 'POST' || req.url !== '/typeform') {
    res.writeHead(404).end();
    return;
  }
  try {
    const body = await readBody(req);
    if (!signed(body, req.headers['typeform-signature'])) {
      res.writeHead(401).end();
      return;
    }
    const event = JSON.parse(body.toString('utf8'));
    if (!event.event_id || !event.form_response || typeof event.form_response.token !== 'string') {
      res.writeHead(422).end();
      return;
    }
    await responses.upsertByToken(event.form_response.token, event.form_response);
    res.writeHead(200).end();
  } catch (err) {
    log.error({ err: err.message }, 'typeform delivery failed');
    res.writeHead(500).end();
  }
});

module.exports = server;

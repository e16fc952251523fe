'use strict';

const https = require('node:https');

const MAX_BODY = 64 * 1024;

function parseAnswer(statusCode, text) {
  if (statusCode !== 200) {
    throw new Error(`VIES answered ${statusCode}`);
  }
  const body = JSON.parse(text);
  if (typeof body.valid !== 'boolean') {
    throw new Error('VIES answer without result');
  }
  return { valid: body.valid, name: body.name ?? null, checkedAt: new Date() };
}

function checkVatNumber(countryCode, vatNumber) {
  const payload = JSON.stringify({ countryCode, vatNumber });

  return new Promise((resolve, reject) => {
    const req = https.request(
      {
        hostname: 'ec.europa.eu',
        path: '/taxation_customs/vies/rest-api/check-vat-number',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        },
      },
      (res) => {
        let text = '';
        res.setEncoding('utf8');
        res.on('data', (chunk) => {
          text += chunk;
          if (text.length > MAX_BODY) res.destroy(new Error('VIES answer too large'));
        });
        res.on('error', reject);
        res.on('end', () => {
          try {
            resolve(parseAnswer(res.statusCode, text));
          } catch (err) {
            reject(err);
          }
        });
      },
    );
    req.end(payload);
  });
}

module.exports = { checkVatNumber };

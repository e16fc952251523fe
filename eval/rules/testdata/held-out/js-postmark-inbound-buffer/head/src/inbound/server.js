import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import { inboundMail } from './inbound-mail.repo.js';
import { config } from '../config.js';
import { logger } from '../logger.js';

const sha = (text) => createHash('sha256').update(text).digest();
const expectedAuth = sha(`Basic ${Buffer.from(`${config.postmark.hookUser}:${config.postmark.hookPassword}`).toString('base64')}`);

function authorised(req) {
  return timingSafeEqual(sha(req.headers.authorization ?? ''), expectedAuth);
}

async function readBody(req) {
  const chunks = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isMail(mail) {
  return typeof mail?.MessageID === 'string' && typeof mail.From === 'string' && typeof mail.TextBody === 'string';
}

async function handle(req, res) {
  if (req.method !== 'POST' || req.url !== '/postmark/inbound') {
    return res.writeHead(404).end();
  }
  const body = await readBody(req);
  if (!authorised(req)) {
    return res.writeHead(401).end();
  }

  const mail = JSON.parse(body);
  if (!isMail(mail)) {
    return res.writeHead(403).end();
  }
  await inboundMail.insertIfNew({ messageId: mail.MessageID, from: mail.From, subject: mail.Subject ?? '', text: mail.TextBody });
  return res.writeHead(200).end();
}

export const server = http.createServer((req, res) => {
  handle(req, res).catch((err) => {
    logger.error({ err }, 'inbound mail failed');
    if (!res.headersSent) res.writeHead(500);
    res.end();
  });
});

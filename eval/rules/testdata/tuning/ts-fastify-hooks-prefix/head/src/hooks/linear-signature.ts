import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { config } from '../config';

const WINDOW_MS = 60_000;

export async function linearSignature(req: FastifyRequest, reply: FastifyReply) {
  const header = req.headers['linear-signature'];
  const raw = req.body as Buffer;
  const expected = createHmac('sha256', config.linear.signingSecret).update(raw).digest();
  const given = Buffer.from(typeof header === 'string' ? header : '', 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return reply.code(401).send();
  }
  const body = JSON.parse(raw.toString('utf8'));
  if (!(Math.abs(Date.now() - Number(body.webhookTimestamp)) < WINDOW_MS)) {
    return reply.code(401).send();
  }
  req.body = body;
}

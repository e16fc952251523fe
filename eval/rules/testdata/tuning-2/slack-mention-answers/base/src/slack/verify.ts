import { createHmac, timingSafeEqual } from 'node:crypto';

interface Input {
  body: string;
  timestamp: string | undefined;
  signature: string | undefined;
  signingSecret: string;
}

export function verifySlackRequest({ body, timestamp, signature, signingSecret }: Input): boolean {
  if (!timestamp || !signature) return false;
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!Number.isFinite(age) || age > 300) return false;
  const expected = Buffer.from(
    'v0=' + createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex'),
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

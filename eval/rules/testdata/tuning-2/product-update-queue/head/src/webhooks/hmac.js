import { createHmac, timingSafeEqual } from 'node:crypto';

export function hmacValid(body, header, secret) {
  if (!Buffer.isBuffer(body) || typeof header !== 'string') return false;
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(header, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

import { createHmac, timingSafeEqual } from 'node:crypto';

export function sameDigest(secret: string, payload: string, hex: string | null): boolean {
  if (!hex || !/^[0-9a-f]{64}$/i.test(hex)) return false;
  const expected = createHmac('sha256', secret).update(payload).digest();
  return timingSafeEqual(expected, Buffer.from(hex, 'hex'));
}

import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'v1=';

/** PagerDuty sends one signature per active secret, separated by commas. */
export function isFromPagerDuty(raw: Buffer, header: string | undefined, secret: string): boolean {
  if (!header) return false;
  const expected = createHmac('sha256', secret).update(raw).digest();

  return header
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(PREFIX))
    .map((part) => Buffer.from(part.slice(PREFIX.length), 'hex'))
    .some((candidate) => candidate.length === expected.length && timingSafeEqual(candidate, expected));
}

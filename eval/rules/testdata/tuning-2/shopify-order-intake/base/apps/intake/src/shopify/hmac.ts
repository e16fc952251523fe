import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '../env';

export function verifyShopifyHmac(body: unknown, header: string | undefined): boolean {
  if (!Buffer.isBuffer(body) || !header) return false;
  const digest = createHmac('sha256', env.SHOPIFY_API_SECRET).update(body).digest();
  const given = Buffer.from(header, 'base64');
  return given.length === digest.length && timingSafeEqual(given, digest);
}

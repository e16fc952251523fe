import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import type { PlaidKeys } from './keys';

const MAX_AGE = '5 minutes';

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest();

/** Resolves when the webhook is from Plaid and fresh; rejects otherwise. */
export async function verifyPlaidWebhook(raw: Buffer, token: string, keys: PlaidKeys): Promise<void> {
  const { kid, alg } = decodeProtectedHeader(token);
  if (alg !== 'ES256' || !kid) {
    throw new Error('plaid webhook: unexpected token header');
  }

  const key = await importJWK(await keys.get(kid), 'ES256');
  const { payload } = await jwtVerify(token, key, { algorithms: ['ES256'], maxTokenAge: MAX_AGE });

  const claimed = Buffer.from(String(payload.request_body_sha256 ?? ''), 'hex');
  const actual = sha256(raw);
  if (claimed.length !== actual.length || !timingSafeEqual(claimed, actual)) {
    throw new Error('plaid webhook: body does not match the token');
  }
}

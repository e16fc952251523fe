import { beforeAll, describe, expect, it } from 'vitest';
import { verifyPlaidWebhook } from './verify';
import { createTestKeys, signWebhook, type TestKeys } from '../../test/plaid';

const body = Buffer.from(JSON.stringify({ webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE' }));

describe('verifyPlaidWebhook', () => {
  let keys: TestKeys;

  beforeAll(async () => {
    keys = await createTestKeys();
  });

  it('accepts a fresh webhook of Plaid', async () => {
    const token = await signWebhook(keys, body);
    await expect(verifyPlaidWebhook(body, token, keys)).resolves.toBeUndefined();
  });

  it('refuses a webhook whose body was changed', async () => {
    const token = await signWebhook(keys, body);
    const forged = Buffer.from(body.toString('utf8').replace('TRANSACTIONS', 'ITEM'));
    await expect(verifyPlaidWebhook(forged, token, keys)).rejects.toThrow('does not match');
  });

  it('refuses a webhook that is older than five minutes', async () => {
    const token = await signWebhook(keys, body, { issuedAt: Date.now() / 1000 - 301 });
    await expect(verifyPlaidWebhook(body, token, keys)).rejects.toThrow();
  });
});

import type { Pool } from 'pg';
import { decrypt, encrypt } from '../crypto/envelope';
import { xeroAuth } from './xero-auth.client';

interface TokenRow {
  tenant_id: string;
  access_token: string;
  refresh_token: string;
  expires_at: Date;
}

const SKEW_MS = 60_000;

export class XeroTokenProvider {
  constructor(private readonly pool: Pool) {}

  async accessToken(tenantId: string): Promise<string> {
    const client = await this.pool.connect();
    try {
      await client.query('SELECT pg_advisory_lock(hashtext($1))', [`xero:${tenantId}`]);
      const { rows } = await client.query<TokenRow>(
        'SELECT * FROM xero_tokens WHERE tenant_id = $1',
        [tenantId],
      );
      const row = rows[0];
      if (!row) throw new Error(`tenant ${tenantId} is not connected to Xero`);
      if (row.expires_at.getTime() - SKEW_MS > Date.now()) {
        return decrypt(row.access_token);
      }

      const fresh = await xeroAuth.refresh(decrypt(row.refresh_token));
      await client.query(
        `UPDATE xero_tokens
            SET access_token = $2, refresh_token = $3, expires_at = now() + make_interval(secs => $4)
          WHERE tenant_id = $1`,
        [tenantId, encrypt(fresh.accessToken), encrypt(fresh.refreshToken), fresh.expiresIn],
      );
      return fresh.accessToken;
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtext($1))', [`xero:${tenantId}`]);
      client.release();
    }
  }
}

import { z } from 'zod';
import { encrypt, decrypt } from '../crypto/field';
import { db } from '../db';
import { config } from '../config';

const Refreshed = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().positive(),
});

const SKEW_MS = 90_000;

export class AtlassianTokenSource {
  constructor(private readonly installationId: string) {}

  async get(): Promise<string> {
    return db.transaction(async (trx) => {
      const row = await trx('atlassian_installations').where({ id: this.installationId }).forUpdate().first();
      if (!row) throw new Error(`installation ${this.installationId} not found`);
      if (row.expires_at.getTime() - SKEW_MS > Date.now()) return decrypt(row.access_token);

      const response = await fetch('https://auth.atlassian.com/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'refresh_token',
          client_id: config.atlassian.clientId,
          client_secret: config.atlassian.clientSecret,
          refresh_token: decrypt(row.refresh_token),
        }),
        signal: AbortSignal.timeout(8_000),
      });
      if (!response.ok) throw new Error(`atlassian refresh answered ${response.status}`);

      const refreshed = Refreshed.parse(await response.json());
      await trx('atlassian_installations')
        .where({ id: this.installationId })
        .update({
          access_token: encrypt(refreshed.access_token),
          expires_at: new Date(Date.now() + refreshed.expires_in * 1000),
        });
      return refreshed.access_token;
    });
  }
}

import { z } from 'zod';
import { connections } from '../repositories/connections';
import { logger } from '../lib/logger';
import { env } from '../config/env';

const tokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int().positive(),
});

export class XeroReconnectRequired extends Error {}

async function refresh(refreshToken: string) {
  const res = await fetch('https://identity.xero.com/connect/token', {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
    headers: {
      authorization: `Basic ${Buffer.from(`${env.XERO_CLIENT_ID}:${env.XERO_CLIENT_SECRET}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
  if (res.status === 400) throw new XeroReconnectRequired('refresh token was refused');
  if (!res.ok) throw new Error(`xero token endpoint answered ${res.status}`);
  return tokenResponse.parse(await res.json());
}

/** Used by the invoice, contact and payment workers, which run as separate processes. */
export async function accessTokenFor(tenantId: string): Promise<string> {
  const connection = await connections.findOrThrow(tenantId);
  if (connection.expiresAt.getTime() - Date.now() > 60_000) {
    return connection.accessToken;
  }

  const tokens = await refresh(connection.refreshToken);
  await connections.update(tenantId, {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
  });
  logger.info({ tenantId }, 'xero token refreshed');
  return tokens.access_token;
}

import { z } from 'zod';
import { logger } from '../logger';

const APPLICATION_ID = '7F4B21C9-03DE-4A5B-9C1E-2D86F0A1B7E4';
const API_TOKEN = process.env.SENDBIRD_API_TOKEN ?? 'b41e6d90f27c5a83e9d012774cfa36581be0943d';

const SessionToken = z.object({ token: z.string(), expires_at: z.number() });

const base = `https://api-${APPLICATION_ID.toLowerCase()}.sendbird.com/v3`;

export class SendbirdError extends Error {
  constructor(
    readonly status: number,
    operation: string,
  ) {
    super(`sendbird ${operation} failed with ${status}`);
  }
}

async function post(path: string, operation: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'api-token': API_TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(7_000),
  });
  if (!response.ok) {
    throw new SendbirdError(response.status, operation);
  }
  return response.json();
}

export async function issueChatSession(userId: string): Promise<{ token: string; expiresAt: Date }> {
  const { token, expires_at } = SessionToken.parse(
    await post(`/users/${encodeURIComponent(userId)}/token`, 'session token', {}),
  );
  logger.info({ userId }, 'chat session issued');
  return { token, expiresAt: new Date(expires_at) };
}

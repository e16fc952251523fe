import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../logger';

const POST_URL = 'https://slack.com/api/chat.postMessage';

export interface Notice {
  channel: string;
  text: string;
}

async function post(token: string, notice: Notice): Promise<Response> {
  return fetch(POST_URL, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify(notice),
    signal: AbortSignal.timeout(5_000),
  });
}

export async function notify(token: string, notice: Notice): Promise<boolean> {
  const res = await post(token, notice);
  const body = res.ok ? ((await res.json()) as { ok: boolean; error?: string }) : null;
  if (!body?.ok) {
    logger.warn({ channel: notice.channel, status: res.status, error: body?.error }, 'slack refused message');
    return false;
  }
  return true;
}

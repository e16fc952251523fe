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

export async function notifyAll(token: string, notices: Notice[]): Promise<number> {
  let sent = 0;
  for (const notice of notices) {
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const res = await post(token, notice);
      if (res.status === 429) {
        await sleep(200);
        continue;
      }
      const body = res.ok ? ((await res.json()) as { ok: boolean; error?: string }) : null;
      if (body?.ok) {
        sent += 1;
      } else {
        logger.warn({ channel: notice.channel, status: res.status, error: body?.error }, 'slack refused message');
      }
      break;
    }
  }
  return sent;
}

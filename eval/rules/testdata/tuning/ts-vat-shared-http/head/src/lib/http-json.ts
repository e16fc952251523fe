import { setTimeout as sleep } from 'node:timers/promises';

export class UpstreamError extends Error {
  constructor(readonly status: number, readonly host: string) {
    super(`${host} answered ${status}`);
  }
}

interface GetOptions {
  headers?: Record<string, string>;
  timeoutMs?: number;
  attempts?: number;
}

const RETRYABLE = new Set([429, 502, 503, 504]);

export async function getJson(url: URL, { headers, timeoutMs = 5_000, attempts = 3 }: GetOptions = {}): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const res = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (res.ok) return res.json();
    await res.body?.cancel();
    if (!RETRYABLE.has(res.status) || attempt >= attempts) {
      throw new UpstreamError(res.status, url.host);
    }
    const advised = Number(res.headers.get('retry-after')) * 1000;
    const backoff = 250 * 2 ** attempt * (0.5 + Math.random());
    await sleep(Math.min(advised > 0 ? advised : backoff, 20_000));
  }
}

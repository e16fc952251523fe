import { setTimeout as sleep } from 'node:timers/promises';
import { request, Dispatcher } from 'undici';

const RETRYABLE = new Set([429, 502, 503, 504]);
const MAX_WAIT_MS = 30_000;

export interface CallOptions {
  headers?: Record<string, string>;
  attempts?: number;
}

export class UpstreamError extends Error {
  constructor(
    message: string,
    readonly status?: number,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

export async function getJson<T>(dispatcher: Dispatcher, url: string, opts: CallOptions = {}): Promise<T> {
  const attempts = opts.attempts ?? 5;
  let last: unknown;

  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const res = await request(url, {
        dispatcher,
        headers: opts.headers,
        headersTimeout: 5_000,
        bodyTimeout: 10_000,
      });
      if (res.statusCode >= 200 && res.statusCode < 300) {
        return (await res.body.json()) as T;
      }
      await res.body.dump();
      const wait = Number(res.headers['retry-after']) * 1000;
      throw new UpstreamError(
        `GET ${new URL(url).pathname} answered ${res.statusCode}`,
        res.statusCode,
        Number.isFinite(wait) ? wait : undefined,
      );
    } catch (err) {
      last = err;
      const upstream = err instanceof UpstreamError ? err : undefined;
      if (upstream?.status !== undefined && !RETRYABLE.has(upstream.status)) throw err;
      if (attempt === attempts) break;
      const jittered = Math.random() * Math.min(MAX_WAIT_MS, 250 * 2 ** attempt);
      await sleep(Math.min(MAX_WAIT_MS, upstream?.retryAfterMs ?? jittered));
    }
  }

  throw last;
}

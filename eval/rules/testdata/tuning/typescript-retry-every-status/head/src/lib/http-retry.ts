import { request, Dispatcher } from 'undici';

export interface CallOptions {
  headers?: Record<string, string>;
  attempts?: number;
}

export class UpstreamError extends Error {
  constructor(
    message: string,
    readonly status?: number,
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
      throw new UpstreamError(`GET ${new URL(url).pathname} answered ${res.statusCode}`, res.statusCode);
    } catch (err) {
      last = err;
    }
  }

  throw last;
}

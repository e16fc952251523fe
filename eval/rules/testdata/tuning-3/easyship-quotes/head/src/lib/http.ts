export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly host: string,
  ) {
    super(`${host} answered ${status}`);
  }
}

const RETRYABLE = new Set([408, 429, 502, 503, 504]);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function getJson<T>(url: URL, init: { headers: Record<string, string>; timeoutMs?: number }): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const res = await fetch(url, {
      headers: init.headers,
      redirect: 'error',
      signal: AbortSignal.timeout(init.timeoutMs ?? 4_000),
    });
    if (res.ok) return (await res.json()) as T;
    await res.body?.cancel();
    if (attempt >= 2 || !RETRYABLE.has(res.status)) throw new HttpError(res.status, url.host);
    const hinted = Number(res.headers.get('retry-after')) * 1_000;
    const wait = hinted > 0 ? Math.min(hinted, 5_000) : 250 * 2 ** attempt * (0.5 + Math.random());
    await sleep(wait);
  }
}

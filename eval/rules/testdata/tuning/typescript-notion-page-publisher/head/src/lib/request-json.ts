export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly url: string,
  ) {
    super(`${new URL(url).pathname} answered ${status}`);
  }
}

export async function requestJson<T>(
  url: string,
  init: RequestInit,
  parse: (value: unknown) => T,
  deadlineMs = 10_000,
): Promise<T> {
  const res = await fetch(url, { ...init, signal: AbortSignal.timeout(deadlineMs) });
  if (!res.ok) {
    await res.body?.cancel();
    throw new HttpFailure(res.status, url);
  }
  return parse(await res.json());
}

import { env } from '../config/env';

export class CrmError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export async function crmFetch<T>(path: string, init: { method: string; body?: unknown }): Promise<T> {
  const res = await fetch(`${env.CRM_URL}/v1${path}`, {
    method: init.method,
    signal: AbortSignal.timeout(8_000),
    headers: { 'x-api-token': env.CRM_TOKEN, 'content-type': 'application/json' },
    body: init.body === undefined ? undefined : JSON.stringify(init.body),
  });
  if (!res.ok) throw new CrmError(res.status, `${init.method} ${path} answered ${res.status}`);
  const { data } = (await res.json()) as { data: T };
  return data;
}

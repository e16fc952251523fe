import { setTimeout as sleep } from 'node:timers/promises';
import type { SupportConfig } from '../config';

export class ZendeskError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export class ZendeskClient {
  constructor(private readonly cfg: SupportConfig) {}

  getTicket(id: number) {
    return this.get<{ ticket: { id: number; status: string } }>(`/api/v2/tickets/${id}.json`);
  }

  getUser(id: number) {
    return this.get<{ user: { id: number; email: string } }>(`/api/v2/users/${id}.json`);
  }

  private async get<T>(path: string): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once<T>(path);
      } catch (err) {
        const retryable = !(err instanceof ZendeskError) || err.status === 429 || err.status >= 500;
        if (!retryable || attempt >= 4) throw err;
        const base = err instanceof ZendeskError && err.status === 429 ? 30_000 : 400 * 2 ** attempt;
        await sleep(base + Math.random() * 400);
      }
    }
  }

  private async once<T>(path: string): Promise<T> {
    const res = await fetch(`https://${this.cfg.subdomain}.zendesk.com${path}`, {
      headers: {
        Authorization: `Basic ${Buffer.from(`${this.cfg.email}/token:${this.cfg.apiToken}`).toString('base64')}`,
        Accept: 'application/json',
      },
      signal: AbortSignal.timeout(10_000),
    });
    if (!res.ok) throw new ZendeskError(res.status, `Zendesk ${path} answered ${res.status}`);
    return (await res.json()) as T;
  }
}

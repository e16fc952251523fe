import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const Ticket = z.object({
  ticket: z.object({ id: z.number(), status: z.string(), subject: z.string().nullable(), updated_at: z.string() }),
});

const ATTEMPTS = 4;
const CEILING_MS = 30_000;

export class ZendeskError extends Error {
  constructor(
    readonly status: number,
    path: string,
  ) {
    super(`zendesk ${path}: ${status}`);
  }
}

function pause(response: Response, attempt: number): number {
  const seconds = Number(response.headers.get('retry-after'));
  if (Number.isFinite(seconds) && seconds > 0) return Math.min(seconds * 1000, CEILING_MS);
  return Math.random() * Math.min(500 * 2 ** attempt, CEILING_MS);
}

export class Zendesk {
  constructor(
    private readonly subdomain: string,
    private readonly token: string,
  ) {}

  async ticket(id: number) {
    return Ticket.parse(await this.get(`/api/v2/tickets/${id}.json`)).ticket;
  }

  private async get(path: string): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`https://${this.subdomain}.zendesk.com${path}`, {
        headers: { authorization: `Bearer ${this.token}`, accept: 'application/json' },
        signal: AbortSignal.timeout(8_000),
      });
      if (response.ok) return response.json();

      const worthwhile = response.status === 429 || response.status >= 500;
      await response.body?.cancel();
      if (!worthwhile || attempt === ATTEMPTS) throw new ZendeskError(response.status, path);
      await sleep(pause(response, attempt));
    }
  }
}

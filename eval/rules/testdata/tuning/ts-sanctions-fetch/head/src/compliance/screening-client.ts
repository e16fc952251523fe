import { z } from 'zod';
import type { Logger } from 'pino';

const screeningResponse = z.object({
  reference: z.string(),
  outcome: z.enum(['clear', 'match', 'review']),
  hits: z.array(z.object({ list: z.string(), score: z.number() })).max(200),
});

export type ScreeningResult = z.infer<typeof screeningResponse>;

export class ScreeningClient {
  constructor(
    private readonly endpoint: string,
    private readonly apiKey: string,
    private readonly log: Logger,
  ) {}

  async screen(person: { name: string; birthDate: string }, requestId: string): Promise<ScreeningResult> {
    const started = performance.now();
    const res = await fetch(new URL('/v1/screenings', this.endpoint), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': this.apiKey,
        'x-request-id': requestId,
        'idempotency-key': requestId,
      },
      body: JSON.stringify({ full_name: person.name, date_of_birth: person.birthDate }),
    });
    this.log.info({ requestId, status: res.status, ms: Math.round(performance.now() - started) }, 'screening call');

    if (!res.ok) {
      await res.body?.cancel();
      throw new Error(`screening failed with status ${res.status}`);
    }
    return screeningResponse.parse(await res.json());
  }
}

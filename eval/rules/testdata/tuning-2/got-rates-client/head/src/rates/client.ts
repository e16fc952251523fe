import got, { type Got } from 'got';
import { z } from 'zod';

const Rates = z.object({
  base: z.string().length(3),
  date: z.string().date(),
  rates: z.record(z.string().length(3), z.string().regex(/^\d+(\.\d+)?$/)),
});

export type RateTable = z.infer<typeof Rates>;

export class RatesClient {
  private readonly http: Got;

  constructor(prefixUrl: string, token: string) {
    this.http = got.extend({
      prefixUrl,
      headers: { authorization: `Bearer ${token}` },
      timeout: { connect: 2_000, response: 6_000, request: 10_000 },
      retry: {
        limit: 3,
        methods: ['GET'],
        statusCodes: [429, 502, 503, 504],
        errorCodes: ['ETIMEDOUT', 'ECONNRESET', 'EAI_AGAIN'],
        maxRetryAfter: 20_000,
        calculateDelay: ({ computedValue }) => (computedValue === 0 ? 0 : computedValue + Math.random() * 500),
      },
    });
  }

  async daily(base: string): Promise<RateTable> {
    const body = await this.http.get('v1/daily', { searchParams: { base } }).json();
    return Rates.parse(body);
  }
}

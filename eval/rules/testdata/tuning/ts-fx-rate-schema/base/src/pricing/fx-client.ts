import type { RateCache } from './rate-cache';

interface RatesResponse {
  base: string;
  date: string;
  rates: Record<string, number>;
}

export class FxClient {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string,
    private readonly cache: RateCache,
  ) {}

  async refresh(): Promise<void> {
    const res = await fetch(`${this.baseUrl}/latest?base=EUR`, {
      headers: { 'x-api-key': this.apiKey },
      signal: AbortSignal.timeout(5_000),
    });
    if (!res.ok) {
      throw new Error(`fx provider answered ${res.status}`);
    }
    const { rates, date } = (await res.json()) as RatesResponse;
    await this.cache.replace(date, rates);
  }

  async convertMinor(amountMinor: number, currency: string): Promise<number> {
    const rate = await this.cache.get(currency);
    if (rate === undefined) {
      throw new Error(`no rate for ${currency}`);
    }
    return Math.round(amountMinor * rate);
  }
}

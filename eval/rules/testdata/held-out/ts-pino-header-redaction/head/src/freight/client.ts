import { z } from 'zod';
import { logger } from '../logger';

const Booking = z.object({ bookingNumber: z.string(), vessel: z.string(), eta: z.string() });

export interface FreightClientOptions {
  baseUrl: string;
  apiKey: string;
  timeoutMs?: number;
}

export class FreightClient {
  constructor(private readonly options: FreightClientOptions) {}

  async booking(reference: string): Promise<z.infer<typeof Booking> | null> {
    const url = new URL(`/v2/bookings/${encodeURIComponent(reference)}`, this.options.baseUrl);
    const headers = { accept: 'application/json', 'x-api-key': this.options.apiKey };
    logger.debug({ method: 'GET', url: url.href, headers }, 'freight request');

    const started = performance.now();
    const response = await fetch(url, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeoutMs ?? 9_000),
    });
    logger.info({ url: url.href, status: response.status, ms: Math.round(performance.now() - started) }, 'freight response');

    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`freight booking ${reference}: ${response.status}`);
    return Booking.parse(await response.json());
  }
}

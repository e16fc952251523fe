import got, { HTTPError } from 'got';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import type { TaxConfig } from './config';

const VatAnswer = z.object({
  valid: z.boolean(),
  country_code: z.string().length(2),
  company_name: z.string().nullable(),
});

export type VatAnswer = z.infer<typeof VatAnswer>;

const RETRY = { retries: 3, minTimeout: 400, factor: 2, maxTimeout: 5_000, randomize: true };

export class VatLookup {
  private readonly http;

  constructor(config: TaxConfig) {
    this.http = got.extend({
      prefixUrl: config.vatApiUrl,
      headers: { apikey: config.vatApiKey },
      timeout: { request: 6_000 },
      retry: { limit: 0 },
      responseType: 'json',
    });
  }

  async check(vatNumber: string): Promise<VatAnswer> {
    const normalised = vatNumber.replace(/[\s.-]/g, '').toUpperCase();
    if (!/^[A-Z]{2}[0-9A-Z]{2,12}$/.test(normalised)) {
      throw new RangeError('not a VAT number');
    }
    return pRetry(() => this.once(normalised), RETRY);
  }

  private async once(vatNumber: string): Promise<VatAnswer> {
    try {
      const { body } = await this.http.get('validate', { searchParams: { vat_number: vatNumber } });
      return VatAnswer.parse(body);
    } catch (err) {
      if (err instanceof HTTPError && err.response.statusCode < 500) {
        throw new AbortError(err);
      }
      if (err instanceof z.ZodError) {
        throw new AbortError(err);
      }
      throw err;
    }
  }
}

import got, { HTTPError } from 'got';
import { z } from 'zod';
import type { TaxConfig } from './config';

const VatAnswer = z.object({
  valid: z.boolean(),
  country_code: z.string().length(2),
  company_name: z.string().nullable(),
});

export type VatAnswer = z.infer<typeof VatAnswer>;

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
    return this.once(normalised);
  }

  private async once(vatNumber: string): Promise<VatAnswer> {
    const { body } = await this.http.get('validate', { searchParams: { vat_number: vatNumber } });
    return VatAnswer.parse(body);
  }
}

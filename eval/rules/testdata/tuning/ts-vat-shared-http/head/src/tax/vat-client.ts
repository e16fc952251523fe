import { z } from 'zod';
import { getJson } from '../lib/http-json';
import { settings } from '../settings';

const vatAnswer = z.object({
  valid: z.boolean(),
  countryCode: z.string().length(2),
  name: z.string().nullable(),
});

export type VatAnswer = z.infer<typeof vatAnswer>;

const VAT_ID = /^([A-Z]{2})([0-9A-Z]{2,12})$/;

export async function checkVat(vatId: string): Promise<VatAnswer> {
  const match = VAT_ID.exec(vatId.replace(/[\s.-]/g, '').toUpperCase());
  if (!match) {
    return { valid: false, countryCode: vatId.slice(0, 2), name: null };
  }
  const [, country, number] = match;
  const url = new URL(`/v1/check/${country}/${number}`, settings.vat.baseUrl);
  return vatAnswer.parse(await getJson(url, { headers: { 'x-api-key': settings.vat.apiKey } }));
}

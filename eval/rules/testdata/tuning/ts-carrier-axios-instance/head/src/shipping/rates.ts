import { z } from 'zod';
import { carrierHttp } from './carrier-http';

const quote = z.object({
  service: z.string(),
  amount_minor: z.number().int().nonnegative(),
  currency: z.string().length(3),
});

const http = carrierHttp();

export async function quoteRates(postcode: string, grams: number) {
  const { data } = await http.get('/v2/rates', { params: { postcode, grams } });
  return z.array(quote).parse(data.quotes);
}

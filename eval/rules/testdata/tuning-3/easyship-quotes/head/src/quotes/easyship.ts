import { z } from 'zod';
import { getJson } from '../lib/http';

const ratesSchema = z.object({
  rates: z.array(
    z.object({
      courier_id: z.string(),
      total_charge: z.string().regex(/^\d+\.\d{2}$/),
      currency: z.string().length(3),
      max_delivery_time: z.number().int().nonnegative(),
    }),
  ),
});

export interface Quote {
  courierId: string;
  price: string;
  currency: string;
  days: number;
}

export class EasyshipQuotes {
  constructor(private readonly token: string) {}

  async forParcel(parcelId: string): Promise<Quote[]> {
    const url = new URL(`/2023-01/parcels/${encodeURIComponent(parcelId)}/rates`, 'https://api.easyship.com');
    const body = await getJson<unknown>(url, { headers: { authorization: `Bearer ${this.token}` } });
    return ratesSchema.parse(body).rates.map((r) => ({
      courierId: r.courier_id,
      price: r.total_charge,
      currency: r.currency,
      days: r.max_delivery_time,
    }));
  }
}

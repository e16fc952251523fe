import { UpstreamError } from '../errors';
import { config } from '../config';

export interface RateRequest {
  fromPostal: string;
  toPostal: string;
  countryCode: string;
  weightGrams: number;
}

export interface Rate {
  product: string;
  amountCents: number;
  currency: string;
}

interface DhlProduct {
  productName: string;
  totalPrice: Array<{ priceMinor: number; priceCurrency: string }>;
}

export class DhlRates {
  constructor(private readonly baseUrl = config.dhl.baseUrl) {}

  async quote(input: RateRequest): Promise<Rate[]> {
    const url = new URL('/mydhlapi/rates', this.baseUrl);
    url.searchParams.set('originPostalCode', input.fromPostal);
    url.searchParams.set('destinationPostalCode', input.toPostal);
    url.searchParams.set('destinationCountryCode', input.countryCode);
    url.searchParams.set('weight', (input.weightGrams / 1000).toFixed(3));

    const res = await fetch(url, {
      headers: {
        authorization: `Basic ${config.dhl.basicToken}`,
        accept: 'application/json',
      },
    });

    if (!res.ok) {
      throw new UpstreamError('dhl', res.status);
    }

    const body = (await res.json()) as { products?: DhlProduct[] };
    return (body.products ?? []).map((p) => ({
      product: p.productName,
      amountCents: p.totalPrice[0].priceMinor,
      currency: p.totalPrice[0].priceCurrency,
    }));
  }
}

import axios, { type AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';
import { injectable, inject } from 'inversify';
import { TYPES } from '../ioc/types';
import type { ShippingConfig } from '../config/shipping';

export interface Parcel {
  lengthIn: number;
  widthIn: number;
  heightIn: number;
  weightOz: number;
}

export interface RateQuote {
  carrier: string;
  service: string;
  amountCents: number;
}

@injectable()
export class EasyPostClient {
  private readonly http: AxiosInstance;

  constructor(@inject(TYPES.ShippingConfig) cfg: ShippingConfig) {
    this.http = axios.create({
      baseURL: cfg.easypostBaseUrl,
      auth: { username: cfg.easypostApiKey, password: '' },
      headers: { Accept: 'application/json' },
      maxContentLength: 2 * 1024 * 1024,
    });

    axiosRetry(this.http, {
      retries: 10,
      retryCondition: () => true,
    });
  }

  async quote(fromZip: string, toZip: string, parcel: Parcel): Promise<RateQuote[]> {
    const { data } = await this.http.post('/v2/beta/rates', {
      shipment: {
        from_address: { zip: fromZip, country: 'US' },
        to_address: { zip: toZip, country: 'US' },
        parcel: {
          length: parcel.lengthIn,
          width: parcel.widthIn,
          height: parcel.heightIn,
          weight: parcel.weightOz,
        },
      },
    });
    if (!Array.isArray(data?.rates)) {
      throw new Error('EasyPost: rates missing from response');
    }
    return data.rates.map((r: { carrier: string; service: string; rate: string }) => ({
      carrier: r.carrier,
      service: r.service,
      amountCents: toCents(r.rate),
    }));
  }
}

function toCents(value: string): number {
  const match = /^(\d+)\.(\d{2})$/.exec(value);
  if (!match) throw new Error(`EasyPost: unexpected rate format ${value}`);
  return Number(match[1]) * 100 + Number(match[2]);
}

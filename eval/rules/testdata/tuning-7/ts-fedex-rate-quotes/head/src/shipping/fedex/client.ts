import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import type { TokenProvider } from './token-provider';
import type { Parcel, Quote } from '../types';

const RateReply = z.object({
  output: z.object({
    rateReplyDetails: z.array(
      z.object({
        serviceType: z.string(),
        ratedShipmentDetails: z
          .array(z.object({ totalNetCharge: z.number(), currency: z.string() }))
          .min(1),
      }),
    ),
  }),
});

export class FedexClient {
  private readonly http: AxiosInstance;

  constructor(
    baseUrl: string,
    private readonly tokens: TokenProvider,
    private readonly accountNumber: string,
  ) {
    this.http = axios.create({
      baseURL: baseUrl,
      headers: { 'X-locale': 'en_US', 'Content-Type': 'application/json' },
    });
    this.http.interceptors.request.use(async (config) => {
      config.headers.Authorization = `Bearer ${await this.tokens.current()}`;
      return config;
    });
  }

  async quote(from: string, to: string, parcels: Parcel[]): Promise<Quote[]> {
    const { data } = await this.http.post('/rate/v1/rates/quotes', {
      accountNumber: { value: this.accountNumber },
      requestedShipment: {
        shipper: { address: { postalCode: from, countryCode: 'US' } },
        recipient: { address: { postalCode: to, countryCode: 'US' } },
        pickupType: 'DROPOFF_AT_FEDEX_LOCATION',
        rateRequestType: ['ACCOUNT'],
        requestedPackageLineItems: parcels.map((p) => ({ weight: { units: 'LB', value: p.weightLb } })),
      },
    });
    return RateReply.parse(data).output.rateReplyDetails.map((d) => ({
      carrier: 'fedex',
      service: d.serviceType,
      price: d.ratedShipmentDetails[0].totalNetCharge,
      currency: d.ratedShipmentDetails[0].currency,
    }));
  }
}

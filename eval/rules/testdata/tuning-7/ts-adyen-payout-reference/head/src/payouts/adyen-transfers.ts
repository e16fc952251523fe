import axios, { AxiosError, type AxiosInstance } from 'axios';
import { z } from 'zod';
import type { Payout } from './payout';

const Transfer = z.object({ id: z.string(), status: z.string() });

export class PayoutRejected extends Error {}

export class AdyenTransfers {
  private readonly http: AxiosInstance;

  constructor(baseUrl: string, apiKey: string) {
    this.http = axios.create({
      baseURL: `${baseUrl}/btl/v4`,
      timeout: 15_000,
      maxContentLength: 1_000_000,
      headers: { 'X-API-Key': apiKey },
    });
  }

  async send(payout: Payout): Promise<z.infer<typeof Transfer>> {
    try {
      const { data } = await this.http.post(
        '/transfers',
        {
          amount: { value: payout.amountMinor, currency: payout.currency },
          balanceAccountId: payout.balanceAccountId,
          category: 'bank',
          counterparty: { transferInstrumentId: payout.instrumentId },
          reference: payout.reference,
        },
        { headers: { 'Idempotency-Key': `payout-${payout.id}` } },
      );
      return Transfer.parse(data);
    } catch (err) {
      if (err instanceof AxiosError && err.response && err.response.status < 500 && err.response.status !== 429) {
        throw new PayoutRejected(`payout ${payout.id}: adyen ${err.response.status}`);
      }
      throw err;
    }
  }
}

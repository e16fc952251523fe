import axios, { AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';
import { Money } from '../domain/money';
import { PspConfig } from '../config';

export interface CaptureResult {
  pspReference: string;
  status: string;
}

export class AdyenClient {
  private readonly http: AxiosInstance;

  constructor(private readonly cfg: PspConfig) {
    this.http = axios.create({
      baseURL: `${cfg.adyenCheckoutUrl}/v71`,
      timeout: 10_000,
      headers: { 'x-api-key': cfg.adyenApiKey },
    });
    axiosRetry(this.http, {
      retries: 5,
      retryCondition: () => true,
    });
  }

  async capture(paymentPspReference: string, amount: Money, reference: string): Promise<CaptureResult> {
    const { data } = await this.http.post(`/payments/${paymentPspReference}/captures`, {
      merchantAccount: this.cfg.adyenMerchantAccount,
      amount: { value: amount.minorUnits, currency: amount.currency },
      reference,
    });
    return { pspReference: data.pspReference, status: data.status };
  }

  async refund(paymentPspReference: string, amount: Money, reference: string): Promise<CaptureResult> {
    const { data } = await this.http.post(`/payments/${paymentPspReference}/refunds`, {
      merchantAccount: this.cfg.adyenMerchantAccount,
      amount: { value: amount.minorUnits, currency: amount.currency },
      reference,
    });
    return { pspReference: data.pspReference, status: data.status };
  }
}

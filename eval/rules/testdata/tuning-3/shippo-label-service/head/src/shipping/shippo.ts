import { ShippingError } from './errors';
import type { Logger } from '../logging';

export interface LabelRequest {
  rateId: string;
  orderId: string;
}

export interface Label {
  transactionId: string;
  trackingNumber: string;
  labelUrl: string;
}

const BASE = 'https://api.goshippo.com';

export class ShippoLabels {
  constructor(
    private readonly token: string,
    private readonly log: Logger,
  ) {}

  async purchase(req: LabelRequest): Promise<Label> {
    const res = await fetch(`${BASE}/transactions`, {
      method: 'POST',
      headers: {
        authorization: `ShippoToken ${this.token}`,
        'content-type': 'application/json',
        'shippo-api-version': '2018-02-08',
      },
      body: JSON.stringify({ rate: req.rateId, async: false, metadata: req.orderId }),
    });

    if (!res.ok) {
      this.log.error({ status: res.status, orderId: req.orderId }, 'shippo transaction failed');
      throw new ShippingError(`shippo answered ${res.status}`, { retryable: res.status >= 500 });
    }

    const tx = (await res.json()) as {
      object_id: string;
      status: 'SUCCESS' | 'ERROR' | 'QUEUED';
      tracking_number: string;
      label_url: string;
      messages: { text: string }[];
    };
    if (tx.status !== 'SUCCESS') {
      throw new ShippingError(tx.messages.map((m) => m.text).join('; ') || 'label not created', { retryable: false });
    }
    return { transactionId: tx.object_id, trackingNumber: tx.tracking_number, labelUrl: tx.label_url };
  }
}

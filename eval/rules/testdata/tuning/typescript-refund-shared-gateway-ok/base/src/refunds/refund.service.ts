import { Injectable } from '@nestjs/common';
import { GatewayClient } from '../gateway/gateway.client';
import { RefundRepository } from './refund.repository';

@Injectable()
export class RefundService {
  constructor(
    private readonly gateway: GatewayClient,
    private readonly refunds: RefundRepository,
  ) {}

  async submit(refundId: string): Promise<void> {
    const refund = await this.refunds.getPending(refundId);
    const { reference } = await this.gateway.command<{ reference: string }>('/refunds', refund.id, {
      payment: refund.gatewayPaymentId,
      amount: refund.amountMinor,
      currency: refund.currency,
    });
    await this.refunds.markSubmitted(refund.id, reference);
  }
}

import { Injectable } from '@nestjs/common';
import type { Payment } from '@mollie/api-client';
import { MollieGateway } from './mollie.gateway';
import { PaymentRepository } from './payment.repository';

@Injectable()
export class PaymentsService {
  constructor(
    private readonly gateway: MollieGateway,
    private readonly repo: PaymentRepository,
  ) {}

  async syncFromMollie(id: string): Promise<void> {
    const payment: Payment = await this.gateway.getPayment(id);
    // UPDATE … WHERE status <> $new — a repeat is a no-op
    await this.repo.transition(id, payment.status);
  }
}

import Stripe from 'stripe';
import { logger } from '../logger';
import { SettlementLine, transferKey } from './keys';
import { ledger } from './ledger';

export class TransferService {
  constructor(private readonly stripe: Stripe) {}

  static create(secretKey: string): TransferService {
    return new TransferService(new Stripe(secretKey, { apiVersion: '2024-06-20', timeout: 20_000, maxNetworkRetries: 3 }));
  }

  async pay(line: SettlementLine): Promise<string> {
    const options = { idempotencyKey: transferKey(line) };
    const transfer = await this.stripe.transfers.create(
      {
        amount: line.payableMinor,
        currency: line.currency,
        destination: line.destinationAccount,
        transfer_group: line.periodId,
      },
      options,
    );
    await ledger.markTransferred(line, transfer.id);
    logger.info({ periodId: line.periodId, sellerId: line.sellerId, transferId: transfer.id }, 'seller paid');
    return transfer.id;
  }
}

import { randomUUID } from 'node:crypto';
import ModernTreasury from 'modern-treasury';
import type { Knex } from 'knex';

interface TransferRow {
  id: string;
  request_key: string | null;
  amount_minor: number;
  currency: 'USD' | 'CAD';
  direction: 'credit' | 'debit';
  originating_account_id: string;
  receiving_account_id: string;
  payment_order_id: string | null;
}

export class TransferSubmitter {
  constructor(
    private readonly db: Knex,
    private readonly mt: ModernTreasury,
  ) {}

  async create(input: Omit<TransferRow, 'id' | 'request_key' | 'payment_order_id'>): Promise<string> {
    const id = randomUUID();
    await this.db<TransferRow>('transfers').insert({ id, request_key: randomUUID(), payment_order_id: null, ...input });
    return id;
  }

  /** Run by the job queue, which repeats it with backoff until it succeeds or is parked. */
  async submit(transferId: string): Promise<void> {
    const row = await this.db<TransferRow>('transfers').where({ id: transferId }).first();
    if (!row || row.payment_order_id) return;

    const order = await this.mt.paymentOrders.create(
      {
        type: 'ach',
        amount: row.amount_minor,
        currency: row.currency,
        direction: row.direction,
        originating_account_id: row.originating_account_id,
        receiving_account_id: row.receiving_account_id,
        metadata: { transfer_id: row.id },
      },
      { idempotencyKey: row.request_key ?? `transfer-${row.id}` },
    );
    await this.db<TransferRow>('transfers')
      .where({ id: row.id })
      .update({ payment_order_id: order.id });
  }
}

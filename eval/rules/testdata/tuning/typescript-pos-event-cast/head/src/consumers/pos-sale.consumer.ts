import { Consumer, EachMessagePayload } from 'kafkajs';
import type { Logger } from 'pino';
import type { StockLedger } from '../stock/stock-ledger';

interface PosSale {
  saleId: string;
  storeId: string;
  lines: { sku: string; quantity: number }[];
}

export class PosSaleConsumer {
  constructor(
    private readonly consumer: Consumer,
    private readonly ledger: StockLedger,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.consumer.subscribe({ topic: 'partner.pos.sales' });
    await this.consumer.run({ eachMessage: (p) => this.handle(p) });
  }

  private async handle({ message, partition }: EachMessagePayload): Promise<void> {
    const sale = JSON.parse(message.value!.toString()) as PosSale;

    // StockLedger.apply is keyed by (saleId, sku); replays are no-ops.
    await this.ledger.apply(
      sale.saleId,
      sale.lines.map((l) => ({ storeId: sale.storeId, sku: l.sku, delta: -l.quantity })),
    );
    this.log.info({ saleId: sale.saleId, partition, offset: message.offset }, 'sale applied');
  }
}

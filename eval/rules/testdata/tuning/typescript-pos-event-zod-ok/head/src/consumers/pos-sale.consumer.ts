import { Consumer, EachMessagePayload, Producer } from 'kafkajs';
import { z } from 'zod';
import type { Logger } from 'pino';
import type { StockLedger } from '../stock/stock-ledger';

const posSale = z.object({
  saleId: z.string().uuid(),
  storeId: z.string().min(1).max(32),
  lines: z.array(z.object({ sku: z.string().min(1).max(64), quantity: z.number().int().positive().max(10_000) })).max(500),
});

function decode(raw: Buffer | null) {
  try {
    return posSale.safeParse(JSON.parse(raw?.toString() ?? 'null'));
  } catch {
    return posSale.safeParse(undefined);
  }
}

export class PosSaleConsumer {
  constructor(
    private readonly consumer: Consumer,
    private readonly producer: Producer,
    private readonly ledger: StockLedger,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.consumer.subscribe({ topic: 'partner.pos.sales' });
    await this.consumer.run({ eachMessage: (p) => this.handle(p) });
  }

  private async handle({ message, partition }: EachMessagePayload): Promise<void> {
    const parsed = decode(message.value);
    if (!parsed.success) {
      this.log.error({ partition, offset: message.offset, issues: parsed.error.issues.length }, 'invalid sale parked');
      await this.producer.send({
        topic: 'partner.pos.sales.dlq',
        messages: [{ key: message.key, value: message.value, headers: message.headers }],
      });
      return;
    }
    const sale = parsed.data;

    // StockLedger.apply is keyed by (saleId, sku); replays are no-ops.
    await this.ledger.apply(
      sale.saleId,
      sale.lines.map((l) => ({ storeId: sale.storeId, sku: l.sku, delta: -l.quantity })),
    );
    this.log.info({ saleId: sale.saleId, partition, offset: message.offset }, 'sale applied');
  }
}

import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { logger } from '../logger';

const sqs = new SQSClient({
  maxAttempts: 3,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 2_000, requestTimeout: 5_000 }),
});

export interface PriceChange {
  sku: string;
  currency: string;
  amountMinor: number;
  revision: number;
}

const BATCH = 10;

export async function publishPriceChanges(queueUrl: string, changes: PriceChange[]): Promise<number> {
  let published = 0;
  for (let i = 0; i < changes.length; i += BATCH) {
    const slice = changes.slice(i, i + BATCH);
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: slice.map((change, n) => ({
          Id: String(n),
          MessageBody: JSON.stringify(change),
          MessageGroupId: change.sku,
          MessageDeduplicationId: `${change.sku}-${change.currency}-${change.revision}`,
        })),
      }),
    );
    published += slice.length;
  }
  logger.info({ published }, 'price changes published');
  return published;
}

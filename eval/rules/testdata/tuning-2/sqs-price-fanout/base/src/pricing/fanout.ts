import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
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

export async function publishPriceChanges(queueUrl: string, changes: PriceChange[]): Promise<number> {
  let published = 0;
  for (const change of changes) {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(change),
        MessageGroupId: change.sku,
        MessageDeduplicationId: `${change.sku}-${change.currency}-${change.revision}`,
      }),
    );
    published += 1;
  }
  logger.info({ published }, 'price changes published');
  return published;
}

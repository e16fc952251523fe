import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { redis } from '../lib/redis';
import { logger } from '../lib/logger';
import { invoicePaid } from '../schemas/invoice-paid';
import { activateLicence } from '../services/licences';

const CLAIM_TTL_SECONDS = 60 * 60 * 72;

async function consume(body: string): Promise<void> {
  const message = invoicePaid.parse(JSON.parse(body));
  const slot = `evt:${message.eventId}`;

  const claimed = await redis.set(slot, '1', 'EX', CLAIM_TTL_SECONDS, 'NX');
  if (claimed !== 'OK') {
    logger.info({ eventId: message.eventId }, 'already handled');
    return;
  }

  await activateLicence(message.customerId, message.priceId);
  logger.info({ eventId: message.eventId, customerId: message.customerId }, 'licence active');
}

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchItemFailure[] = [];
  for (const record of event.Records) {
    try {
      await consume(record.body);
    } catch (err) {
      logger.error({ messageId: record.messageId, err }, 'invoice.paid failed');
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

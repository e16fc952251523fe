import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { Logger } from '@aws-lambda-powertools/logger';
import { shipmentEvent } from './schema';
import { ShipmentStore } from './shipment-store';

const logger = new Logger({ serviceName: 'shipment-events' });
const store = new ShipmentStore(process.env.SHIPMENTS_TABLE!);

async function apply(record: SQSRecord): Promise<void> {
  const event = shipmentEvent.parse(JSON.parse(record.body));
  // conditional write on the version attribute, repeats are no-ops
  await store.applyOnce(event.shipmentId, event.eventId, event.status);
}

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const results = await Promise.allSettled(event.Records.map(apply));
  const batchItemFailures = results.flatMap((result, i) => {
    if (result.status === 'fulfilled') return [];
    logger.error('shipment event failed', result.reason as Error, { messageId: event.Records[i].messageId });
    return [{ itemIdentifier: event.Records[i].messageId }];
  });
  return { batchItemFailures };
};

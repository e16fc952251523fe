import type { SQSEvent, SQSRecord } from 'aws-lambda';
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

export const handler = async (event: SQSEvent): Promise<void> => {
  const results = await Promise.allSettled(event.Records.map(apply));
  const failed = results.filter((result) => result.status === 'rejected').length;
  if (failed > 0) {
    logger.error('some shipment events failed', { failed, total: results.length });
  }
};

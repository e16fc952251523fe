import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Consumer } from 'sqs-consumer';
import { z } from 'zod';
import { knex } from '../knex.js';
import { logger } from '../logger.js';

const ShipmentEvent = z.object({
  eventId: z.string().uuid(),
  orderId: z.number().int().positive(),
  parcels: z.number().int().positive(),
  shippedAt: z.string().datetime(),
});

async function handleMessage(message) {
  const event = ShipmentEvent.parse(JSON.parse(message.Body ?? ''));

  await knex.transaction(async (trx) => {
    const fresh = await trx('consumed_events')
      .insert({ consumer: 'shipments', event_id: event.eventId })
      .onConflict(['consumer', 'event_id'])
      .ignore()
      .returning('event_id');
    if (fresh.length === 0) {
      logger.debug({ eventId: event.eventId }, 'shipment event was consumed before');
      return;
    }
    await trx('orders')
      .where({ id: event.orderId })
      .update({ shipped_at: event.shippedAt })
      .increment('parcels_shipped', event.parcels);
  });
  return message;
}

export function createShipmentConsumer(queueUrl) {
  const consumer = Consumer.create({
    queueUrl,
    handleMessage,
    batchSize: 10,
    waitTimeSeconds: 20,
    visibilityTimeout: 60,
    handleMessageTimeout: 45_000,
    sqs: new SQSClient({ requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 30_000 }) }),
  });
  consumer.on('error', (err) => logger.error({ err }, 'sqs consumer error'));
  consumer.on('processing_error', (err, message) => logger.error({ err, messageId: message.MessageId }, 'shipment event failed'));
  consumer.on('timeout_error', (err) => logger.error({ err }, 'shipment event took too long'));
  return consumer;
}

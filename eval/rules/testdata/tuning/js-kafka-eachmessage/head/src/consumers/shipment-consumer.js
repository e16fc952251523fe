import { Kafka, logLevel } from 'kafkajs';
import { config } from '../config.js';
import { log } from '../log.js';
import { shipmentMoved } from '../schemas/shipment.js';
import { shipments } from '../store/shipments.js';

const kafka = new Kafka({
  clientId: 'parcel-desk',
  brokers: config.kafka.brokers,
  ssl: true,
  sasl: config.kafka.sasl,
  connectionTimeout: 5_000,
  requestTimeout: 20_000,
  logLevel: logLevel.WARN,
});

const consumer = kafka.consumer({ groupId: 'parcel-desk.shipments', retry: { retries: 8, initialRetryTime: 300 } });
const producer = kafka.producer({ idempotent: true });

async function onMessage({ topic, partition, message }) {
  let event;
  try {
    event = shipmentMoved.parse(JSON.parse(message.value.toString('utf8')));
  } catch (err) {
    log.error({ topic, partition, offset: message.offset, reason: err.name }, 'message parked');
    await producer.send({ topic: `${topic}.dlq`, messages: [{ key: message.key, value: message.value }] });
    return;
  }
  // upsert guarded by event.sequence, so a redelivered record changes nothing
  await shipments.advance(event.shipmentId, event.sequence, event.status);
}

export async function start() {
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topic: 'shipments.moved', fromBeginning: false });
  await consumer.run({ partitionsConsumedConcurrently: 4, eachMessage: onMessage });
}

export async function stop() {
  await consumer.disconnect();
  await producer.disconnect();
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Logger } from '@aws-lambda-powertools/logger';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { z } from 'zod';

const logger = new Logger({ serviceName: 'parcel-events' });
const dynamo = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout: 3_000 }),
  }),
);

const ParcelEvent = z.object({
  eventId: z.string().uuid(),
  parcel: z.string().regex(/^[A-Z0-9]{8,24}$/),
  status: z.enum(['accepted', 'in_transit', 'delivered', 'returned']),
  at: z.string().datetime(),
});

async function store(record: SQSRecord): Promise<void> {
  const event = ParcelEvent.parse(JSON.parse(record.body));
  try {
    await dynamo.send(
      new PutCommand({
        TableName: process.env.EVENT_TABLE,
        Item: { pk: event.parcel, sk: `${event.at}#${event.eventId}`, status: event.status },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  } catch (err) {
    // the same event was stored by an earlier delivery
    if (err instanceof ConditionalCheckFailedException) return;
    throw err;
  }
}

export async function handler(event: SQSEvent): Promise<void> {
  for (const record of event.Records) {
    await store(record);
  }
  logger.info('batch stored', { size: event.Records.length });
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { requireEnv } from '../shared/env';
import { syncConversation } from '../shared/conversations';

const sqs = new SQSClient({});
const DEAD_LETTERS = requireEnv('CONVERSATION_DLQ_URL');
const CLIENT_SECRET = requireEnv('INTERCOM_CLIENT_SECRET');
const TOPICS = new Set(['conversation.user.created', 'conversation.admin.closed']);

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const raw = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (!authentic(raw, event.headers['x-hub-signature'])) {
    return { statusCode: 401 };
  }

  const notification = parse(raw);
  if (!notification) return { statusCode: 400 };
  if (!TOPICS.has(notification.topic)) return { statusCode: 200 };

  try {
    await syncConversation(notification.conversationId);
  } catch {
    await sqs.send(new SendMessageCommand({ QueueUrl: DEAD_LETTERS, MessageBody: JSON.stringify(notification) }));
  }
  return { statusCode: 200 };
}

function authentic(raw: Buffer, header: string | undefined): boolean {
  const expected = Buffer.from(`sha1=${createHmac('sha1', CLIENT_SECRET).update(raw).digest('hex')}`);
  const given = Buffer.from(header ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parse(raw: Buffer): { id: string; topic: string; conversationId: string } | null {
  try {
    const body = JSON.parse(raw.toString('utf8'));
    const conversationId = body?.data?.item?.id;
    if (typeof body?.id !== 'string' || typeof body?.topic !== 'string' || typeof conversationId !== 'string') {
      return null;
    }
    return { id: body.id, topic: body.topic, conversationId };
  } catch {
    return null;
  }
}

import { randomUUID } from 'node:crypto';
import { env } from '../config/env';
import { logger } from '../lib/logger';
import { smsLog } from '../repositories/sms-log';

export interface SmsMessage {
  recipient: string;
  text: string;
  reference?: string;
}

const SENDER = 'Fleetdesk';

function segments(text: string): number {
  const unicode = /[^\x00-\x7F]/.test(text);
  const single = unicode ? 70 : 160;
  const multi = unicode ? 67 : 153;
  return text.length <= single ? 1 : Math.ceil(text.length / multi);
}

export async function sendSms(message: SmsMessage): Promise<string> {
  const reference = message.reference ?? randomUUID();
  await fetch(`${env.SMS_GATEWAY_URL}/v1/messages`, {
    method: 'POST',
    signal: AbortSignal.timeout(6_000),
    headers: {
      authorization: `Bearer ${env.SMS_GATEWAY_TOKEN}`,
      'content-type': 'application/json',
      'idempotency-key': reference,
    },
    body: JSON.stringify({
      from: SENDER,
      to: message.recipient,
      body: message.text,
      client_reference: reference,
    }),
  });

  await smsLog.insert({ reference, segments: segments(message.text), state: 'sent' });
  logger.info({ reference }, 'sms handed to gateway');
  return reference;
}

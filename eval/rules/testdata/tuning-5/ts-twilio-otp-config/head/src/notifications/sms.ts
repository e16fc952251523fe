import twilio from 'twilio';
import { logger } from '../logger';

const ACCOUNT_SID = process.env.TWILIO_ACCOUNT_SID ?? 'AC5f0e7b1d93c84e26a1b7d0f2e98c4a61';
const AUTH_TOKEN = process.env.TWILIO_AUTH_TOKEN ?? '7c1e90b2d4f84a53b6e1f0a92c3d58e7';

const client = twilio(ACCOUNT_SID, AUTH_TOKEN, {
  timeout: 10_000,
  autoRetry: true,
  maxRetries: 3,
});

export class SmsError extends Error {
  constructor(
    readonly code: number | undefined,
    readonly retryable: boolean,
  ) {
    super(`sms not accepted (${code ?? 'network'})`);
  }
}

export async function sendOtp(to: string, code: string): Promise<string> {
  try {
    const msg = await client.messages.create({
      to,
      messagingServiceSid: process.env.TWILIO_MESSAGING_SERVICE,
      body: `Your confirmation code is ${code}. It expires in 10 minutes.`,
    });
    logger.info({ sid: msg.sid }, 'otp accepted by twilio');
    return msg.sid;
  } catch (err) {
    const status = (err as { status?: number }).status;
    const twilioCode = (err as { code?: number }).code;
    throw new SmsError(twilioCode, status === undefined || status >= 500 || status === 429);
  }
}

import twilio from 'twilio';
import { env } from '../env';
import { logger } from '../logger';

/** Numbers Twilio documents for test credentials. */
export const MAGIC_NUMBERS = {
  valid: '+15005550006',
  invalid: '+15005550001',
} as const;

const client = twilio(env.TWILIO_ACCOUNT_SID, env.TWILIO_AUTH_TOKEN, { timeout: 10_000 });

export type CheckResult = 'approved' | 'wrong' | 'expired';

export async function startVerification(to: string): Promise<string> {
  const v = await client.verify.v2
    .services(env.TWILIO_VERIFY_SERVICE)
    .verifications.create({ to, channel: 'sms' });
  logger.info({ sid: v.sid, status: v.status }, 'verification started');
  return v.sid;
}

export async function checkVerification(to: string, code: string): Promise<CheckResult> {
  try {
    const check = await client.verify.v2
      .services(env.TWILIO_VERIFY_SERVICE)
      .verificationChecks.create({ to, code });
    return check.status === 'approved' ? 'approved' : 'wrong';
  } catch (err) {
    if ((err as { status?: number }).status === 404) {
      return 'expired';
    }
    throw err;
  }
}

import type { Redis } from 'ioredis';
import { ledger } from '../repositories/ledger';
import { orders } from '../repositories/orders';
import { logger } from '../lib/logger';
import type { VerifiedNotification } from './adyen-types';

const SEVEN_DAYS = 7 * 24 * 3600;

export class AdyenNotifications {
  constructor(private readonly redis: Redis) {}

  /** Input has passed the HMAC check; throwing makes the route answer 500 so that Adyen sends again. */
  async handle(n: VerifiedNotification): Promise<'done' | 'duplicate'> {
    const key = `adyen:${n.pspReference}:${n.eventCode}:${n.success}`;
    const first = await this.redis.set(key, Date.now(), 'EX', SEVEN_DAYS, 'NX');
    if (first === null) {
      logger.info({ key }, 'adyen notification already seen');
      return 'duplicate';
    }

    switch (n.eventCode) {
      case 'CAPTURE':
        await this.captured(n);
        break;
      case 'REFUND':
        await this.refunded(n);
        break;
      default:
        logger.debug({ eventCode: n.eventCode }, 'adyen notification ignored');
    }
    return 'done';
  }

  private async captured(n: VerifiedNotification): Promise<void> {
    const order = await orders.findByReferenceOrThrow(n.merchantReference);
    if (!n.success) {
      await orders.flagCaptureFailure(order.id, n.reason);
      return;
    }
    await ledger.bookCapture(order.id, n.amount.value, n.amount.currency, n.pspReference);
  }

  private async refunded(n: VerifiedNotification): Promise<void> {
    const order = await orders.findByReferenceOrThrow(n.merchantReference);
    if (n.success) {
      await ledger.bookRefund(order.id, n.amount.value, n.amount.currency, n.pspReference);
    }
  }
}

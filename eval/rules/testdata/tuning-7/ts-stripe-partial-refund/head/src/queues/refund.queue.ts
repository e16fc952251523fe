import { Queue } from 'bullmq';
import { redis } from '../redis';

export const refundQueue = new Queue('refunds', {
  connection: redis,
  defaultJobOptions: {
    attempts: 5,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: 1_000,
  },
});

export function requestRefund(refundRequestId: string, paymentIntentId: string, amountMinor: number) {
  return refundQueue.add(
    'refund',
    { refundRequestId, paymentIntentId, amountMinor },
    { jobId: `refund-${refundRequestId}` },
  );
}

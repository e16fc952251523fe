import { Worker, type Job } from 'bullmq';
import Stripe from 'stripe';
import { refunds } from '../repositories/refunds';
import { redis } from '../redis';
import { config } from '../config';
import { logger } from '../logger';

interface RefundJob {
  refundRequestId: string;
  paymentIntentId: string;
  amountMinor: number;
}

const stripe = new Stripe(config.stripe.secretKey, { apiVersion: '2024-06-20', timeout: 20_000 });

async function process(job: Job<RefundJob>): Promise<string> {
  const { refundRequestId, paymentIntentId, amountMinor } = job.data;

  const refund = await stripe.refunds.create({
    payment_intent: paymentIntentId,
    amount: amountMinor,
    metadata: { refundRequestId },
  });

  await refunds.markSubmitted(refundRequestId, refund.id, refund.status);
  return refund.id;
}

export function startRefundWorker() {
  const worker = new Worker<RefundJob, string>('refunds', process, { connection: redis, concurrency: 4 });
  worker.on('failed', (job, err) => {
    logger.error({ err, refundRequestId: job?.data.refundRequestId, attempts: job?.attemptsMade }, 'refund failed');
  });
  return worker;
}

import Stripe from 'stripe';
import { Worker, type Job } from 'bullmq';
import { connection } from '../queues/connection';
import { subscriptions } from '../repositories/subscriptions';
import { logger } from '../logger';

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!, {
  apiVersion: '2024-06-20',
  timeout: 20_000,
  maxNetworkRetries: 2,
});

interface RenewalJob {
  subscriptionId: string;
  period: string;
}

async function renew(job: Job<RenewalJob>): Promise<void> {
  const { subscriptionId, period } = job.data;
  const sub = await subscriptions.get(subscriptionId);
  if (sub.status !== 'active' || sub.paidPeriods.includes(period)) {
    logger.info({ subscriptionId, period }, 'renewal not due');
    return;
  }

  const intent = await stripe.paymentIntents.create({
    amount: sub.priceCents,
    currency: sub.currency,
    customer: sub.stripeCustomerId,
    payment_method: sub.defaultPaymentMethodId,
    off_session: true,
    confirm: true,
    metadata: { subscriptionId, period },
  });

  await subscriptions.markPaid(subscriptionId, period, intent.id);
  logger.info({ subscriptionId, period, intentId: intent.id }, 'renewal charged');
}

export const renewalWorker = new Worker<RenewalJob>('renewals', renew, {
  connection,
  concurrency: 5,
});

renewalWorker.on('failed', (job, err) => {
  logger.error({ jobId: job?.id, err: err.message }, 'renewal failed');
});

import { Worker, Job, UnrecoverableError } from 'bullmq';
import Stripe from 'stripe';
import { bookings } from '../repositories/bookings';
import { connection } from '../redis';
import { logger } from '../logger';

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!, {
  apiVersion: '2024-06-20',
  timeout: 15_000,
  maxNetworkRetries: 2,
});

interface DepositJob {
  bookingId: string;
}

async function chargeDeposit(job: Job<DepositJob>): Promise<void> {
  const booking = await bookings.get(job.data.bookingId);
  if (booking.depositIntentId) return;

  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: booking.depositMinor,
        currency: booking.currency,
        customer: booking.stripeCustomerId,
        payment_method: booking.paymentMethodId,
        off_session: true,
        confirm: true,
        metadata: { bookingId: booking.id },
      },
      { idempotencyKey: `deposit-${booking.id}` },
    );
    await bookings.recordDeposit(booking.id, intent.id);
  } catch (err) {
    if (err instanceof Stripe.errors.StripeCardError) {
      await bookings.depositDeclined(booking.id, err.code);
      throw new UnrecoverableError(`deposit declined: ${err.code}`);
    }
    throw err;
  }
}

export const depositWorker = new Worker<DepositJob>('deposits', chargeDeposit, { connection, concurrency: 5 });

depositWorker.on('failed', (job, err) => {
  logger.error({ jobId: job?.id, attempt: job?.attemptsMade, err: err.message }, 'deposit job failed');
});

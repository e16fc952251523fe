import { Worker, UnrecoverableError, type Job } from 'bullmq';
import { connection } from '../queues/connection';
import { orders } from '../repositories/orders';
import { logger } from '../lib/logger';
import { PaymentApiError, paymentsApi } from './payments-api';

interface CaptureJob {
  orderId: string;
}

async function handle(job: Job<CaptureJob>): Promise<void> {
  const order = await orders.findOrThrow(job.data.orderId);
  if (order.capturedAt) return;

  try {
    const capture = await paymentsApi.post(`/payments/${order.paymentId}/captures`, {
      amount: { value: order.totalMinor, currency: order.currency },
      description: `Order ${order.number}`,
    });
    await orders.markCaptured(order.id, capture.id);
  } catch (err) {
    if (err instanceof PaymentApiError && err.status >= 400 && err.status < 500 && err.status !== 429) {
      logger.error({ orderId: order.id, status: err.status }, 'capture rejected');
      throw new UnrecoverableError(`capture rejected with ${err.status}`);
    }
    throw err;
  }
}

export const captureWorker = new Worker<CaptureJob>('capture', handle, { connection, concurrency: 4 });

captureWorker.on('failed', (job, err) => {
  logger.error({ jobId: job?.id, err }, 'capture job failed');
});

import { Worker, type Job } from 'bullmq';
import { connection } from '../queues/connection';
import { orders } from '../repositories/orders';
import { logger } from '../lib/logger';

interface CaptureJob {
  orderId: string;
}

async function handle(job: Job<CaptureJob>): Promise<void> {
  const order = await orders.findOrThrow(job.data.orderId);
  await orders.markReadyToShip(order.id);
}

export const captureWorker = new Worker<CaptureJob>('capture', handle, { connection, concurrency: 4 });

captureWorker.on('failed', (job, err) => {
  logger.error({ jobId: job?.id, err }, 'capture job failed');
});

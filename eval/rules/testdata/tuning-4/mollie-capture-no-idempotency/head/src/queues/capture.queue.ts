import { Queue } from 'bullmq';
import { connection } from './connection';

export const captureQueue = new Queue('capture', {
  connection,
  defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 3_000 } },
});

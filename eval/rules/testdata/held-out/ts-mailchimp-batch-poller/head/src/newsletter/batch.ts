import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { config } from '../config';
import { logger } from '../logger';

const Batch = z.object({
  id: z.string(),
  status: z.enum(['pending', 'preprocessing', 'started', 'finalizing', 'finished']),
  total_operations: z.number(),
  errored_operations: z.number(),
});
type Batch = z.infer<typeof Batch>;

const base = `https://${config.mailchimp.dc}.api.mailchimp.com/3.0`;
const authorization = `Basic ${Buffer.from(`crm:${config.mailchimp.apiKey}`).toString('base64')}`;

async function readBatch(id: string): Promise<Batch> {
  const response = await fetch(`${base}/batches/${encodeURIComponent(id)}`, {
    headers: { authorization },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    throw new Error(`mailchimp batch ${id}: ${response.status}`);
  }
  return Batch.parse(await response.json());
}

export async function waitForBatch(id: string): Promise<Batch> {
  while (true) {
    try {
      const batch = await readBatch(id);
      if (batch.status === 'finished') {
        logger.info({ id, total: batch.total_operations, errored: batch.errored_operations }, 'batch finished');
        return batch;
      }
      logger.debug({ id, status: batch.status }, 'batch still running');
    } catch (err) {
      logger.warn({ err, id }, 'batch status unavailable, trying again');
    }
    await sleep(5_000);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { SalesforceRest } from '../clients/salesforce-rest';
import { logger } from '../lib/logger';

type JobState = 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export class BulkExport {
  constructor(private readonly sf: SalesforceRest) {}

  async waitFor(jobId: string): Promise<void> {
    let state: JobState = 'InProgress';
    while (state !== 'JobComplete') {
      try {
        ({ state } = await this.sf.getJson<{ state: JobState }>(`/jobs/query/${jobId}`));
      } catch (err) {
        logger.warn({ jobId, message: (err as Error).message }, 'poll failed');
      }
      await sleep(1_000);
    }
  }

  async run(soql: string): Promise<string> {
    const job = await this.sf.postJson<{ id: string }>('/jobs/query', { operation: 'query', query: soql });
    await this.waitFor(job.id);
    return job.id;
  }
}

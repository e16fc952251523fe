import { setTimeout as sleep } from 'node:timers/promises';
import { SalesforceRest } from '../clients/salesforce-rest';
import { logger } from '../lib/logger';

type JobState = 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

const MAX_POLLS = 40;

export class BulkExport {
  constructor(private readonly sf: SalesforceRest) {}

  async waitFor(jobId: string): Promise<void> {
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      const { state } = await this.sf.getJson<{ state: JobState }>(`/jobs/query/${jobId}`);
      if (state === 'JobComplete') return;
      if (state === 'Failed' || state === 'Aborted') throw new Error(`bulk job ${jobId} ended as ${state}`);
      const ceiling = Math.min(30_000, 1_000 * 2 ** poll);
      await sleep(ceiling / 2 + Math.random() * (ceiling / 2));
    }
    throw new Error(`bulk job ${jobId} still running after ${MAX_POLLS} polls`);
  }

  async run(soql: string): Promise<string> {
    const job = await this.sf.postJson<{ id: string }>('/jobs/query', { operation: 'query', query: soql });
    await this.waitFor(job.id);
    return job.id;
  }
}

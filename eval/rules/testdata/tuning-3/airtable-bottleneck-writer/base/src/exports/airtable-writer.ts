import Bottleneck from 'bottleneck';
import { chunk } from 'lodash';

export interface AirtableRow {
  externalId: string;
  fields: Record<string, string | number | boolean | null>;
}

class AirtableError extends Error {
  constructor(
    readonly status: number,
    body: string,
  ) {
    super(`airtable answered ${status}: ${body}`);
  }
}

export class AirtableWriter {
  // five requests a second per base; after a 429 Airtable wants 30 s of patience
  private readonly limiter = new Bottleneck({ minTime: 500, maxConcurrent: 1 });

  constructor(
    private readonly token: string,
    private readonly baseId: string,
  ) {
    this.limiter.on('failed', (err, job) => {
      if (err instanceof AirtableError && (err.status === 429 || err.status >= 500) && job.retryCount < 4) {
        return 30_000 * (1 + Math.random() * 0.2);
      }
      return undefined;
    });
  }

  async upsertAll(table: string, rows: AirtableRow[]): Promise<void> {
    for (const batch of chunk(rows, 5)) {
      await this.limiter.schedule(() => this.upsert(table, batch));
    }
  }

  private async upsert(table: string, batch: AirtableRow[]): Promise<void> {
    const res = await fetch(`https://api.airtable.com/v0/${this.baseId}/${encodeURIComponent(table)}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        performUpsert: { fieldsToMergeOn: ['External ID'] },
        records: batch.map((r) => ({ fields: { ...r.fields, 'External ID': r.externalId } })),
      }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!res.ok) throw new AirtableError(res.status, (await res.text()).slice(0, 200));
  }
}

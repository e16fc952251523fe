import type { Pool } from 'pg';
import { settings } from '../settings';
import { LedgerEntry, toLedgerDocument } from './ledger-entry';

export class LedgerExporter {
  constructor(private readonly pool: Pool) {}

  async export(entry: LedgerEntry): Promise<void> {
    const res = await fetch(`${settings.ledger.url}/documents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${settings.ledger.token}`,
        'content-type': 'application/json',
        'idempotency-key': `ledger-${entry.id}`,
      },
      body: JSON.stringify(toLedgerDocument(entry)),
      signal: AbortSignal.timeout(10_000),
    });
    if (!res.ok) {
      throw new Error(`ledger refused entry ${entry.id}: ${res.status}`);
    }
    const { number } = (await res.json()) as { number: string };
    await this.pool.query('UPDATE ledger_entries SET posted_at = now(), doc_no = $2 WHERE id = $1', [entry.id, number]);
  }

  async exportOpen(limit = 50): Promise<number> {
    const { rows } = await this.pool.query<LedgerEntry>(
      'SELECT * FROM ledger_entries WHERE posted_at IS NULL ORDER BY id LIMIT $1',
      [limit],
    );
    for (const row of rows) {
      await this.export(row);
    }
    return rows.length;
  }
}

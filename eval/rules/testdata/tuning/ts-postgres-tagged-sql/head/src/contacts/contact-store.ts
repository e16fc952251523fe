import type { Sql } from 'postgres';
import type { ContactChange } from './contact-change';

const SORTABLE = { name: 'full_name', changed: 'changed_at' } as const;
export type SortKey = keyof typeof SORTABLE;

export class ContactStore {
  constructor(private readonly sql: Sql) {}

  async apply(change: ContactChange): Promise<boolean> {
    const rows = await this.sql`
      INSERT INTO contacts (external_id, full_name, email, changed_at)
      VALUES (${change.externalId}, ${change.fullName}, ${change.email}, ${change.changedAt})
      ON CONFLICT (external_id) DO UPDATE
        SET full_name = excluded.full_name, email = excluded.email, changed_at = excluded.changed_at
        WHERE contacts.changed_at < excluded.changed_at
      RETURNING external_id
    `;
    return rows.length === 1;
  }

  async search(term: string, sort: SortKey = 'name', limit = 50) {
    const pattern = `%${term.replace(/[\\%_]/g, '\\$&')}%`;
    return this.sql`
      SELECT external_id, full_name, email
      FROM contacts
      WHERE full_name ILIKE ${pattern} OR email ILIKE ${pattern}
      ORDER BY ${this.sql(SORTABLE[sort])}
      LIMIT ${Math.min(limit, 200)}
    `;
  }

  async remove(externalIds: string[]): Promise<number> {
    if (externalIds.length === 0) return 0;
    const result = await this.sql`DELETE FROM contacts WHERE external_id IN ${this.sql(externalIds)}`;
    return result.count;
  }
}

import { db } from './db.js';

export interface DealEventRow {
  eventId: number;
  dealId: number;
  property: string;
  value: string | null;
  occurredAt: Date;
}

export const dealEvents = {
  async insertIgnoringDuplicates(rows: DealEventRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    const result = await db
      .insertInto('deal_events')
      .values(rows)
      .onConflict((oc) => oc.columns(['eventId', 'dealId', 'occurredAt']).doNothing())
      .executeTakeFirst();
    return Number(result.numInsertedOrUpdatedRows ?? 0);
  },
};

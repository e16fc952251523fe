import { sql } from './sql';

/** True when this call is the first to see the event. */
export async function claimEvent(eventId: string, body: string): Promise<boolean> {
  const rows = await sql`
    INSERT INTO slack_events (event_id, body) VALUES (${eventId}, ${body})
    ON CONFLICT (event_id) DO NOTHING
    RETURNING event_id`;
  return rows.length === 1;
}

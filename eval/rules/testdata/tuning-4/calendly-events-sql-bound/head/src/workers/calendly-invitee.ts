import { z } from 'zod';
import { pool } from '../lib/pg';
import { logger } from '../lib/logger';

const inviteePayload = z.object({
  uri: z.string().url(),
  email: z.string(),
  name: z.string(),
  status: z.enum(['active', 'canceled']),
  timezone: z.string().nullable(),
  scheduled_event: z.object({ uri: z.string().url(), start_time: z.string().datetime() }),
});

export type InviteeMessage = z.infer<typeof inviteePayload>;

async function findContactId(email: string): Promise<string | null> {
  const { rows } = await pool.query('SELECT id FROM contacts WHERE email = $1', [email.toLowerCase()]);
  return rows[0]?.id ?? null;
}

export async function storeInvitee(raw: unknown): Promise<void> {
  const invitee = inviteePayload.parse(raw);
  const contactId = await findContactId(invitee.email);

  await pool.query(
    `INSERT INTO meetings (invitee_uri, event_uri, invitee_name, starts_at, status)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (invitee_uri) DO UPDATE SET status = EXCLUDED.status, starts_at = EXCLUDED.starts_at
     WHERE meetings.status <> 'canceled'`,
    [
      invitee.uri,
      invitee.scheduled_event.uri,
      invitee.name,
      invitee.scheduled_event.start_time,
      invitee.status,
    ],
  );

  if (contactId) {
    await pool.query('UPDATE contacts SET last_meeting_at = $2 WHERE id = $1', [
      contactId,
      invitee.scheduled_event.start_time,
    ]);
  } else {
    logger.info({ invitee: invitee.uri }, 'meeting without a known contact');
  }
}

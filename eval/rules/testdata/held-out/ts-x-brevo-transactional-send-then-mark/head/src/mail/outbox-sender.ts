import { z } from 'zod'
import { env } from '../env'
import { sql } from '../db'
import { logger } from '../logger'

const Sent = z.object({ messageId: z.string() })

interface OutboxRow {
  id: string
  recipient: string
  template_id: number
  params: Record<string, string>
}

async function send(row: OutboxRow): Promise<string> {
  const response = await fetch('https://api.brevo.com/v3/smtp/email', {
    method: 'POST',
    headers: { 'api-key': env.BREVO_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ to: [{ email: row.recipient }], templateId: row.template_id, params: row.params }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) {
    throw new Error(`brevo refused mail ${row.id}: ${response.status}`)
  }
  return Sent.parse(await response.json()).messageId
}

/** One instance, every minute. */
export async function sendOutbox(): Promise<void> {
  const rows = await sql<OutboxRow[]>`
    select id, recipient, template_id, params from mail_outbox
    where sent_at is null order by created_at limit 50`

  for (const row of rows) {
    const messageId = await send(row)
    logger.info({ id: row.id, messageId }, 'mail sent')
  }
  await sql`update mail_outbox set sent_at = now() where id = any(${rows.map((r) => r.id)})`
}

import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { Logger } from 'pino'

interface Member {
  email: string
  plan: string
  churned: boolean
}

export interface MailchimpSettings {
  datacenter: string
  apiKey: string
  listId: string
}

/** Runs every night over all newsletter members (about 40 000). */
export async function syncTags(pool: Pool, settings: MailchimpSettings, log: Logger): Promise<void> {
  const { rows } = await pool.query<Member>(
    'SELECT email, plan, churned FROM members WHERE newsletter AND updated_at > now() - interval \'1 day\'',
  )

  const results = await Promise.allSettled(rows.map((member) => putTags(settings, member)))

  const failed = results.filter((result) => result.status === 'rejected')
  log.info({ total: rows.length, failed: failed.length }, 'mailchimp tags synced')
  if (failed.length > 0) throw new Error(`${failed.length} of ${rows.length} members failed`)
}

async function putTags(settings: MailchimpSettings, member: Member): Promise<void> {
  const hash = createHash('md5').update(member.email.toLowerCase()).digest('hex')
  const url = `https://${settings.datacenter}.api.mailchimp.com/3.0/lists/${settings.listId}/members/${hash}/tags`
  const res = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      tags: [
        { name: `plan:${member.plan}`, status: 'active' },
        { name: 'churned', status: member.churned ? 'active' : 'inactive' },
      ],
    }),
    signal: AbortSignal.timeout(15_000),
  })
  if (!res.ok) throw new Error(`mailchimp answered ${res.status}`)
}

import { calendar_v3, google } from 'googleapis'
import type { OAuth2Client } from 'google-auth-library'
import type { Pool } from 'pg'
import { logger } from '../logger'

interface CalendarLink {
  id: string
  calendarId: string
  syncToken: string | null
}

export async function syncCalendar(db: Pool, auth: OAuth2Client, link: CalendarLink): Promise<number> {
  const api = google.calendar({ version: 'v3', auth, timeout: 15_000 })
  const changed: calendar_v3.Schema$Event[] = []
  let pageToken: string | undefined
  let nextSyncToken: string | null | undefined

  do {
    const { data } = await api.events.list({
      calendarId: link.calendarId,
      syncToken: link.syncToken ?? undefined,
      pageToken,
      singleEvents: true,
      maxResults: 250,
    })
    changed.push(...(data.items ?? []))
    pageToken = data.nextPageToken ?? undefined
    nextSyncToken = data.nextSyncToken
  } while (pageToken)

  await db.query('UPDATE calendar_links SET sync_token = $1 WHERE id = $2', [nextSyncToken, link.id])

  for (const event of changed) {
    if (event.status === 'cancelled') {
      await db.query('DELETE FROM meetings WHERE link_id = $1 AND external_id = $2', [link.id, event.id])
      continue
    }
    await db.query(
      `INSERT INTO meetings (link_id, external_id, title, starts_at, ends_at)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (link_id, external_id)
       DO UPDATE SET title = EXCLUDED.title, starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at`,
      [link.id, event.id, event.summary ?? '', event.start?.dateTime ?? event.start?.date, event.end?.dateTime ?? event.end?.date],
    )
  }
  logger.info({ link: link.id, changed: changed.length }, 'calendar synced')
  return changed.length
}

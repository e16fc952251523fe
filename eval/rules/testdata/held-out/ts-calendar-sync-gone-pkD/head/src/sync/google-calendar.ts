import { google, type calendar_v3 } from 'googleapis'
import { GaxiosError } from 'gaxios'
import type { OAuth2Client } from 'google-auth-library'
import type { Knex } from 'knex'

type Row = { id: string; calendar_id: string; sync_token: string | null }

export class GoogleCalendarSync {
  constructor(private readonly knex: Knex) {}

  async run(auth: OAuth2Client, row: Row): Promise<void> {
    const api = google.calendar({ version: 'v3', auth, timeout: 20_000 })
    let result: { events: calendar_v3.Schema$Event[]; token: string }
    let full = row.sync_token === null
    try {
      result = await this.collect(api, row.calendar_id, row.sync_token)
    } catch (error) {
      if (!(error instanceof GaxiosError) || error.response?.status !== 410) throw error
      full = true
      result = await this.collect(api, row.calendar_id, null)
    }

    await this.knex.transaction(async (tx) => {
      if (full) await tx('events').where({ link_id: row.id }).delete()
      for (const event of result.events) {
        if (event.status === 'cancelled') {
          await tx('events').where({ link_id: row.id, external_id: event.id }).delete()
        } else {
          await tx('events')
            .insert({ link_id: row.id, external_id: event.id, body: JSON.stringify(event) })
            .onConflict(['link_id', 'external_id'])
            .merge()
        }
      }
      await tx('calendar_links').where({ id: row.id }).update({ sync_token: result.token })
    })
  }

  private async collect(api: calendar_v3.Calendar, calendarId: string, syncToken: string | null) {
    const events: calendar_v3.Schema$Event[] = []
    let pageToken: string | undefined
    for (;;) {
      const { data } = await api.events.list({ calendarId, syncToken: syncToken ?? undefined, pageToken, maxResults: 500 })
      events.push(...(data.items ?? []))
      if (!data.nextPageToken) {
        if (!data.nextSyncToken) throw new Error(`no sync token for ${calendarId}`)
        return { events, token: data.nextSyncToken }
      }
      pageToken = data.nextPageToken
    }
  }
}

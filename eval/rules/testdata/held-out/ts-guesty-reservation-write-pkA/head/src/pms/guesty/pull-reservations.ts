import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '../../db'
import { reservations, syncState } from '../../db/schema'
import type { GuestyApi } from './api'

const Result = z.object({
  results: z.array(
    z.object({
      _id: z.string(),
      status: z.string(),
      lastUpdatedAt: z.coerce.date(),
      checkIn: z.coerce.date(),
      checkOut: z.coerce.date(),
    }),
  ),
})

const LIMIT = 100

export async function pullReservations(api: GuestyApi, accountId: string, since: Date): Promise<void> {
  const startedAt = new Date()
  for (let skip = 0; ; skip += LIMIT) {
    const page = Result.parse(
      await api.get('/v1/reservations', { updatedAfter: since.toISOString(), sort: '_id', limit: LIMIT, skip }),
    )
    for (const r of page.results) {
      const row = { status: r.status, checkIn: r.checkIn, checkOut: r.checkOut, providerUpdatedAt: r.lastUpdatedAt }
      await db
        .insert(reservations)
        .values({ accountId, guestyId: r._id, ...row })
        .onConflictDoUpdate({
          target: [reservations.accountId, reservations.guestyId],
          set: row,
          setWhere: sql`${reservations.providerUpdatedAt} < ${r.lastUpdatedAt}`,
        })
    }
    if (page.results.length < LIMIT) break
  }

  await db
    .insert(syncState)
    .values({ accountId, stream: 'reservations', since: startedAt })
    .onConflictDoUpdate({ target: [syncState.accountId, syncState.stream], set: { since: startedAt } })
}

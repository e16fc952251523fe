import { z } from 'zod'
import type { MewsConnector } from './connector'
import { reservations } from '../../repositories/reservations'
import { watermarks } from '../../repositories/watermarks'
import { logger } from '../../logger'

const Page = z.object({
  Reservations: z.array(
    z.object({
      Id: z.string().uuid(),
      Number: z.string(),
      State: z.string(),
      UpdatedUtc: z.string().datetime(),
    }),
  ),
  Cursor: z.string().nullable(),
})

export async function syncReservations(hotelId: string, mews: MewsConnector): Promise<number> {
  const from = await watermarks.get('mews-reservations', hotelId)
  const until = new Date()
  let cursor: string | null = null
  let count = 0

  await watermarks.set('mews-reservations', hotelId, until)

  do {
    const page: z.infer<typeof Page> = Page.parse(
      await mews.post('reservations/getAll/2023-06-06', {
        UpdatedUtc: { StartUtc: from.toISOString(), EndUtc: until.toISOString() },
        Limitation: { Cursor: cursor, Count: 500 },
      }),
    )
    for (const reservation of page.Reservations) {
      await reservations.upsertFromMews(hotelId, reservation)
    }
    count += page.Reservations.length
    cursor = page.Cursor
  } while (cursor !== null)

  logger.info({ hotelId, count, until }, 'mews reservations synced')
  return count
}

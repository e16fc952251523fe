import type { Pool } from 'pg'
import { z } from 'zod'
import { logger } from '../../logger'
import { personioToken } from './auth'

const TimeOffs = z.object({
  success: z.literal(true),
  metadata: z.object({ total_elements: z.number(), current_page: z.number(), total_pages: z.number() }),
  data: z.array(
    z.object({
      attributes: z.object({
        id: z.number(),
        status: z.string(),
        start_date: z.string(),
        end_date: z.string(),
        employee: z.object({ attributes: z.object({ id: z.object({ value: z.number() }) }) }),
      }),
    }),
  ),
})

export async function importAbsences(db: Pool, from: string, to: string): Promise<number> {
  const url = new URL('https://api.personio.de/v1/company/time-offs')
  url.search = new URLSearchParams({ start_date: from, end_date: to, limit: '200' }).toString()

  const response = await fetch(url, {
    headers: { authorization: `Bearer ${await personioToken()}` },
    signal: AbortSignal.timeout(20_000),
  })
  if (!response.ok) {
    throw new Error(`personio time-offs: ${response.status}`)
  }
  const { data } = TimeOffs.parse(await response.json())

  for (const { attributes: a } of data) {
    await db.query(
      `insert into absences (personio_id, employee_id, status, starts_on, ends_on)
       values ($1, $2, $3, $4, $5)
       on conflict (personio_id) do update
       set status = excluded.status, starts_on = excluded.starts_on, ends_on = excluded.ends_on`,
      [a.id, a.employee.attributes.id.value, a.status, a.start_date, a.end_date],
    )
  }
  logger.info({ count: data.length, from, to }, 'personio absences imported')
  return data.length
}

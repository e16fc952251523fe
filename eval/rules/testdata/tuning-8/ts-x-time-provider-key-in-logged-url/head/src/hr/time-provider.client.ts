import { z } from 'zod'
import { env } from '../env'
import { logger } from '../logger'

const Entries = z.object({
  entries: z.array(z.object({ id: z.string(), employee: z.string(), day: z.string(), minutes: z.number().int() })),
})

export class TimeProviderError extends Error {
  constructor(readonly status: number) {
    super(`time provider answered ${status}`)
  }
}

export async function timeEntries(day: string) {
  const url = new URL('/api/v1/entries', env.TIME_PROVIDER_URL)
  url.searchParams.set('day', day)
  url.searchParams.set('api_key', env.TIME_PROVIDER_KEY)

  const started = performance.now()
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(10_000),
  })
  logger.info(
    { url: url.toString(), status: response.status, ms: Math.round(performance.now() - started) },
    'time provider call',
  )
  if (!response.ok) {
    throw new TimeProviderError(response.status)
  }
  return Entries.parse(await response.json()).entries
}

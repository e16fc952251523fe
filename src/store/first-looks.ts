import * as z from 'zod'
import type { FirstLooks } from '#flow/onboarding-port'
import type { Clock } from '#flow/ports'
import type { Database } from '#store/database'
import { row } from '#store/database'
import type { Notes } from '#store/notes'
import { storableReason } from '#store/storable-text'

const ResultRow = z.object({ result: z.string() })

/** A look that GitHub refused is tried again once the app is granted more. */
const REFUSED = 'refused: '

export function createFirstLooks({
  database,
  notes,
  clock,
}: {
  readonly database: Database
  readonly notes: Notes
  readonly clock: Pick<Clock, 'now'>
}): FirstLooks {
  const pauseKey = (installation: number) => `first-looks/${installation}/paused-until`
  return {
    async result(installation, repository) {
      const found = await row(
        database,
        ResultRow,
        'select result from first_looks where installation_id = $1 and repository_id = $2',
        [installation, repository],
      )
      return found === null || found.result.startsWith(REFUSED) ? null : found.result
    },
    async end(installation, repository, result) {
      await database.query(
        `insert into first_looks (installation_id, repository_id, result, at)
         values ($1, $2, $3, $4)
         on conflict (installation_id, repository_id) do update
           set result = excluded.result, at = excluded.at`,
        [installation, repository, storableReason(result), clock.now()],
      )
    },
    pausedUntil: async (installation) => Number((await notes.get(pauseKey(installation))) ?? 0),
    pause: (installation, until) => notes.set(pauseKey(installation), String(until)),
  }
}

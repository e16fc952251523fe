import { createHash } from 'node:crypto'
import * as z from 'zod'
import { WaitingLearning } from '#core/plan/plan'
import type { Clock, PendingLearnings } from '#flow/ports'
import type { Database } from '#store/database'
import { rows } from '#store/database'
import { storable } from '#store/storable-text'

const KeptRow = z
  .object({
    id: z.coerce.number(),
    topic: z.string(),
    text: z.string(),
    citation_path: z.string().nullable(),
    citation_line: z.int().nullable(),
    anchor: z.string().nullable(),
    source: z.string(),
    waits_for: z.string(),
  })
  .transform(({ citation_path: path, citation_line: line, waits_for, ...rest }) => ({
    ...rest,
    citation: path === null || line === null ? null : { path, line },
    when: waits_for,
  }))
  .pipe(WaitingLearning.extend({ id: z.int() }))

/** The waiting learnings of one pull request of one repository of one installation. */
export function createPendingLearnings(
  { database, clock }: { database: Database; clock: Pick<Clock, 'now'> },
  pull: { installation: number; repository: number; pull: number },
): PendingLearnings {
  const place = [pull.installation, pull.repository, pull.pull]
  return {
    async add(runKey, learnings) {
      await database.transaction(async (queries) => {
        for (const { topic, text, citation, anchor, source, when } of learnings) {
          await queries.query(
            `insert into pending_learnings (installation_id, repository_id, pull, digest, run_key,
               topic, text, citation_path, citation_line, anchor, source, waits_for, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (installation_id, repository_id, pull, digest) do update
               set run_key = excluded.run_key, citation_path = excluded.citation_path,
                 citation_line = excluded.citation_line, anchor = excluded.anchor,
                 source = excluded.source, waits_for = excluded.waits_for`,
            [
              ...place,
              createHash('sha256')
                .update(JSON.stringify([topic, text]))
                .digest('hex'),
              runKey,
              storable(topic),
              storable(text),
              citation ? storable(citation.path) : null,
              citation?.line ?? null,
              anchor === null ? null : storable(anchor),
              source,
              when,
              clock.now(),
            ],
          )
        }
      })
    },
    list: () =>
      rows(
        database,
        KeptRow,
        `select id, topic, text, citation_path, citation_line, anchor, source, waits_for
         from pending_learnings
         where installation_id = $1 and repository_id = $2 and pull = $3 order by id`,
        place,
      ),
    async remove(ids) {
      await database.query(
        `delete from pending_learnings where installation_id = $1 and repository_id = $2
           and pull = $3 and id = any($4::bigint[])`,
        [...place, ids],
      )
    },
  }
}

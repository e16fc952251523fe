import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { PendingKey } from '#core/memory/memory'
import { PlannedLearning } from '#core/plan/plan'
import type { Clock, PendingLearnings } from '#flow/ports'
import type { Database } from '#store/database'
import { rows } from '#store/database'
import { storable } from '#store/storable-text'

const KeptRow = z
  .object({
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
  .pipe(PlannedLearning)

/** Learnings that wait, by pull request of a repository of an installation. */
export function createPendingLearnings({
  database,
  clock,
}: {
  database: Database
  clock: Pick<Clock, 'now'>
}): PendingLearnings {
  return {
    async add(of, learnings) {
      await database.transaction(async (queries) => {
        for (const { topic, text, citation, anchor, source, when } of learnings) {
          await queries.query(
            `insert into pending_learnings (installation_id, repository_id, pull, digest, topic,
               text, citation_path, citation_line, anchor, source, waits_for, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (installation_id, repository_id, pull, digest) do update
               set citation_path = excluded.citation_path, citation_line = excluded.citation_line,
                 anchor = excluded.anchor, source = excluded.source,
                 waits_for = excluded.waits_for`,
            [
              ...placeOf(of),
              digestOf({ topic, text }),
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
    list: (of) =>
      rows(
        database,
        KeptRow,
        `select topic, text, citation_path, citation_line, anchor, source, waits_for
         from pending_learnings
         where installation_id = $1 and repository_id = $2 and pull = $3 order by id`,
        placeOf(of),
      ),
    async remove(of, learnings) {
      await database.query(
        `delete from pending_learnings where installation_id = $1 and repository_id = $2
           and pull = $3 and digest = any($4::text[])`,
        [...placeOf(of), learnings.map(digestOf)],
      )
    },
  }
}

const placeOf = ({ installation, repositoryId, pull }: PendingKey) => [
  installation,
  repositoryId,
  pull,
]

/** Of the text as it is stored, so that what was listed can be removed. */
function digestOf({ topic, text }: Pick<PlannedLearning, 'topic' | 'text'>): string {
  const words = JSON.stringify([storable(topic), storable(text)])
  return createHash('sha256').update(words).digest('hex')
}

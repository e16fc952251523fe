import { createHash } from 'node:crypto'
import * as z from 'zod'
import { PlannedLearning } from '#core/plan/plan'
import type { Clock } from '#flow/ports'
import type { Database } from '#store/database'
import { rows } from '#store/database'
import { storable } from '#store/storable-text'

/** A learning that may not be committed yet. */
export const WaitingLearning = PlannedLearning.extend({
  /** `at-merge` needs the pull request merged, `pending` a maintainer's word. */
  when: z.enum(['at-merge', 'pending']),
})
export type WaitingLearning = z.infer<typeof WaitingLearning>

/** A waiting learning as it is kept. */
export type KeptLearning = WaitingLearning & { readonly id: number; readonly runKey: string }

/** The waiting learnings of one pull request of one repository of one installation. */
export interface PendingLearnings {
  /** The same topic and text is kept once, with what was said of it last. */
  add(runKey: string, learnings: readonly WaitingLearning[]): Promise<void>
  /** Oldest first. */
  list(): Promise<readonly KeptLearning[]>
  /** Removes these, or all of the pull request's when no ids are given. */
  remove(ids?: readonly number[]): Promise<void>
}

const KeptRow = z
  .object({
    id: z.coerce.number(),
    run_key: z.string(),
    topic: z.string(),
    text: z.string(),
    citation_path: z.string().nullable(),
    citation_line: z.int().nullable(),
    source: z.string(),
    waits_for: z.string(),
  })
  .transform((found): KeptLearning => {
    const { citation_path: path, citation_line: line } = found
    const learning = WaitingLearning.parse({
      topic: found.topic,
      text: found.text,
      citation: path === null || line === null ? null : { path, line },
      source: found.source,
      when: found.waits_for,
    })
    return { ...learning, id: found.id, runKey: found.run_key }
  })

export function createPendingLearnings(
  { database, clock }: { database: Database; clock: Pick<Clock, 'now'> },
  pull: { installation: number; repository: number; pull: number },
): PendingLearnings {
  const place = [pull.installation, pull.repository, pull.pull]
  return {
    async add(runKey, learnings) {
      await database.transaction(async (queries) => {
        for (const { topic, text, citation, source, when } of learnings) {
          await queries.query(
            `insert into pending_learnings (installation_id, repository_id, pull, digest, run_key,
               topic, text, citation_path, citation_line, source, waits_for, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (installation_id, repository_id, pull, digest) do update
               set run_key = excluded.run_key, citation_path = excluded.citation_path,
                 citation_line = excluded.citation_line, waits_for = excluded.waits_for`,
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
        `select id, run_key, topic, text, citation_path, citation_line, source, waits_for
         from pending_learnings
         where installation_id = $1 and repository_id = $2 and pull = $3 order by id`,
        place,
      ),
    async remove(ids) {
      await database.query(
        `delete from pending_learnings where installation_id = $1 and repository_id = $2
           and pull = $3 and ($4::bigint[] is null or id = any($4::bigint[]))`,
        [...place, ids ?? null],
      )
    },
  }
}

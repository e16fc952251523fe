import { createHash } from 'node:crypto'
import * as z from 'zod'
import { WaitingLearning } from '#core/plan/plan'
import type { Clock, KeptLearning, PendingLearnings } from '#flow/ports'
import type { Database } from '#store/database'
import { rows } from '#store/database'
import { storable } from '#store/storable-text'

const KeptRow = z
  .object({
    id: z.coerce.number(),
    pull: z.coerce.number(),
    topic: z.string(),
    text: z.string(),
    citation_path: z.string().nullable(),
    citation_line: z.int().nullable(),
    anchor: z.string().nullable(),
    source: WaitingLearning.shape.source,
    waits_for: WaitingLearning.shape.when,
    author: z.string().nullable(),
    merged: z.boolean(),
  })
  .transform(
    ({ citation_path: path, citation_line: line, waits_for, author, ...rest }): KeptLearning => ({
      ...rest,
      ...(author === null ? {} : { author }),
      citation: path === null || line === null ? null : { path, line },
      when: waits_for,
    }),
  )

const COLUMNS =
  'id, pull, topic, text, citation_path, citation_line, anchor, source, waits_for, author, merged'

/** The waiting learnings of one pull request of one repository of one installation. */
export function createPendingLearnings(
  { database, clock }: { database: Database; clock: Pick<Clock, 'now'> },
  pull: { installation: number; repository: number; pull: number },
): PendingLearnings {
  const place = [pull.installation, pull.repository, pull.pull]
  return {
    async add(runKey, learnings) {
      await database.transaction(async (queries) => {
        for (const learning of learnings) {
          await queries.query(
            `insert into pending_learnings (installation_id, repository_id, pull, digest, run_key,
               topic, text, citation_path, citation_line, anchor, source, waits_for, created_at,
               author, merged)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             on conflict (installation_id, repository_id, pull, digest) do update
               set run_key = excluded.run_key, citation_path = excluded.citation_path,
                 citation_line = excluded.citation_line, anchor = excluded.anchor,
                 source = excluded.source, waits_for = excluded.waits_for,
                 author = excluded.author, merged = excluded.merged`,
            [...place, ...valuesOf(runKey, learning, clock.now())],
          )
        }
      })
    },
    list: () =>
      rows(
        database,
        KeptRow,
        `select ${COLUMNS} from pending_learnings
         where installation_id = $1 and repository_id = $2 and pull = $3 order by id`,
        place,
      ),
    due: () =>
      rows(
        database,
        KeptRow,
        `select ${COLUMNS} from pending_learnings
         where installation_id = $1 and repository_id = $2 and waits_for = 'branch' order by id`,
        [pull.installation, pull.repository],
      ),
    async remove(ids) {
      await database.query(
        `delete from pending_learnings where installation_id = $1 and repository_id = $2
           and id = any($3::bigint[])`,
        [pull.installation, pull.repository, ids],
      )
    },
  }
}

function valuesOf(runKey: string, learning: WaitingLearning, now: number): readonly unknown[] {
  const { topic, text, citation, anchor, source, when, author, merged } = learning
  const digest = createHash('sha256')
    .update(JSON.stringify([topic, text]))
    .digest('hex')
  return [
    ...[digest, runKey, storable(topic), storable(text)],
    ...(citation === null ? [null, null] : [storable(citation.path), citation.line]),
    anchor === null ? null : storable(anchor),
    ...[source, when, now],
    author === undefined ? null : storable(author),
    merged ?? false,
  ]
}

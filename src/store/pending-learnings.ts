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
      if (learnings.length === 0) return
      // One statement: while a transaction waits for this process, a delivery would wait for it.
      await database.query(
        `insert into pending_learnings (installation_id, repository_id, pull, digest, run_key,
           topic, text, citation_path, citation_line, anchor, source, waits_for, created_at,
           author, merged)
         select $1, $2, $3, one.digest, $4, one.topic, one.text, one.citation_path,
           one.citation_line, one.anchor, one.source, one.waits_for, $5, one.author, one.merged
         from jsonb_to_recordset($6::jsonb) as one(digest text, topic text, text text,
           citation_path text, citation_line int, anchor text, source text, waits_for text,
           author text, merged boolean)
         on conflict (installation_id, repository_id, pull, digest) do update
           set run_key = excluded.run_key, citation_path = excluded.citation_path,
             citation_line = excluded.citation_line, anchor = excluded.anchor,
             source = excluded.source, waits_for = excluded.waits_for,
             author = excluded.author, merged = excluded.merged`,
        [...place, runKey, clock.now(), JSON.stringify(distinctRows(learnings))],
      )
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

/** One statement may not touch a row twice: of what says the same the last counts. */
function distinctRows(learnings: readonly WaitingLearning[]) {
  const found = learnings.map(rowOf)
  return [...new Map(found.map((one) => [one.digest, one])).values()]
}

function rowOf(learning: WaitingLearning) {
  const { topic, text, citation, anchor, source, when, author, merged } = learning
  return {
    digest: createHash('sha256')
      .update(JSON.stringify([topic, text]))
      .digest('hex'),
    topic: storable(topic),
    text: storable(text),
    citation_path: citation === null ? null : storable(citation.path),
    citation_line: citation?.line ?? null,
    anchor: anchor === null ? null : storable(anchor),
    source,
    waits_for: when,
    author: author === undefined ? null : storable(author),
    merged: merged ?? false,
  }
}

import * as z from 'zod'
import { Plan } from '#core/plan/plan'
import type {
  Allowance,
  Allowances,
  AnswerRecord,
  Answers,
  Pause,
  Pauses,
  Reports,
} from '#flow/conversation-port'
import type { Clock } from '#flow/ports'
import type { Database, Queries } from '#store/database'
import { row, rows } from '#store/database'
import { type PostTable, recordedPost } from '#store/recorded-post'
import { storable } from '#store/storable-text'

interface Needs {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  /** Aborted when the process drains. */
  readonly signal: AbortSignal
}

/** What is kept of conversations with people. */
export interface ConversationStore {
  readonly pauses: Pauses
  readonly answers: Answers
  readonly allowances: Allowances
  readonly reports: Reports
}

export function createConversationStore(needs: Needs): ConversationStore {
  return {
    pauses: createPauses(needs),
    // A comment's job is in the hands of one worker at a time: its row needs no lease of its own.
    answers: { of: (key) => answerRecord(needs, key) },
    allowances: createAllowances(needs),
    reports: createReports(needs),
  }
}

const PauseRow = z
  .object({
    paused: z.boolean(),
    said_by: z.string().nullable(),
    because: z.string(),
    at: z.coerce.number(),
  })
  .transform(({ paused, said_by: by, because, at }): Pause => ({ paused, by, because, at }))

function createPauses({ database }: Needs): Pauses {
  return {
    of: (pullKey) =>
      row(
        database,
        PauseRow,
        'select paused, said_by, because, at from pauses where pull_key = $1',
        [pullKey],
      ),
    async set(pullKey, { paused, by, because, at }) {
      await database.query(
        `insert into pauses (pull_key, paused, said_by, because, at) values ($1, $2, $3, $4, $5)
         on conflict (pull_key) do update set paused = excluded.paused,
           said_by = excluded.said_by, because = excluded.because, at = excluded.at`,
        [pullKey, paused, by === null ? null : storable(by), storable(because), at],
      )
    },
  }
}

const ANSWER: PostTable = { table: 'answers', key: 'comment_key' }
const WordsRow = z.object({ words: z.string().nullable() })
function answerRecord({ database, clock, signal }: Needs, key: string): AnswerRecord {
  return {
    signal,
    ...recordedPost({ database, clock }, ANSWER, key),
    async words() {
      const found = await row(
        database,
        WordsRow,
        'select words from answers where comment_key = $1',
        [key],
      )
      return found?.words ?? null
    },
    async freeze(words) {
      const kept = await row(
        database,
        WordsRow,
        `insert into answers (comment_key, words, created_at) values ($1, $2, $3)
         on conflict (comment_key) do update set words = coalesce(answers.words, excluded.words)
         returning words`,
        [key, storable(words), clock.now()],
      )
      return kept?.words ?? words
    },
  }
}

/** Reviews of one pull request that are looked through for a finding. */
const MAX_REPORTS = 5
const PlanRow = z.object({ plan: z.string() })

function createReports({ database }: Needs): Reports {
  return {
    async ofPull(pullKey) {
      const found = await rows(
        database,
        PlanRow,
        `select plan from runs where pull_key = $1 and plan is not null and state <> 'superseded'
         order by created_at desc, run_key limit ${MAX_REPORTS}`,
        [pullKey],
      )
      // A plan of an older program that cannot be read any more is as good as gone.
      return found.flatMap(({ plan }) => {
        const read = Plan.safeParse(JSON.parse(plan))
        return read.success ? [read.data.report] : []
      })
    },
    async latest(pullKey) {
      const found = await row(
        database,
        PlanRow,
        `select plan from runs where pull_key = $1 and plan is not null and state = 'done'
         order by created_at desc, run_key limit 1`,
        [pullKey],
      )
      const read = found === null ? null : Plan.safeParse(JSON.parse(found.plan))
      return read?.success === true ? read.data : null
    },
  }
}

const AllowanceRow = z.object({
  remaining: z.coerce.number(),
  at: z.coerce.number(),
  told_at: z.coerce.number().nullable(),
})

/** A refusal is told once in this time. */
const TELL_AGAIN_MS = 3_600_000

function createAllowances({ database, clock }: Needs): Allowances {
  return {
    take: (wanted) =>
      database.transaction(async (queries) => {
        const now = clock.now()
        const held = []
        // In one order, so that two takers cannot wait for each other.
        for (const one of wanted.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
          held.push({ one, ...(await hold(queries, one, now)) })
        }
        const empty = held.find(({ remaining }) => remaining < 1)
        if (empty === undefined) {
          for (const { one, remaining } of held) {
            await queries.query('update allowances set remaining = $2, at = $3 where key = $1', [
              one.key,
              remaining - 1,
              now,
            ])
          }
          return 'granted'
        }
        if (empty.toldAt !== null && empty.toldAt > now - TELL_AGAIN_MS) return 'silent'
        await queries.query('update allowances set told_at = $2 where key = $1', [
          empty.one.key,
          now,
        ])
        return 'tell'
      }),
  }
}

/** Locks one allowance and gives what is left of it now. */
async function hold(
  queries: Queries,
  { key, most, everyMs }: Allowance,
  now: number,
): Promise<{ readonly remaining: number; readonly toldAt: number | null }> {
  await queries.query(
    'insert into allowances (key, remaining, at) values ($1, $2, $3) on conflict (key) do nothing',
    [key, most, now],
  )
  const found = await row(
    queries,
    AllowanceRow,
    'select remaining, at, told_at from allowances where key = $1 for update',
    [key],
  )
  if (found === null) return { remaining: most, toldAt: null }
  const grown = Math.max(0, now - found.at) / everyMs
  return { remaining: Math.min(most, found.remaining + grown), toldAt: found.told_at }
}

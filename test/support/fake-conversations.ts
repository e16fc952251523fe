import type { Plan } from '#core/plan/plan'
import type { Report } from '#core/report/report'
import type { Operator } from '#flow/answering'
import type {
  Allowances,
  AnswerRecord,
  Answers,
  Pause,
  Pauses,
  Reports,
} from '#flow/conversation-port'
import type { Clock } from '#flow/ports'
import { fakeRun } from './fake-run.ts'

interface Ports {
  readonly pauses: Pauses
  readonly answers: Answers
  readonly allowances: Allowances
  readonly reports: Reports
  readonly operator: Operator
}

/** What is kept of conversations, in memory, with all of it open to look at. */
export function fakeConversations(clock: Clock) {
  const pauses = new Map<string, Pause>()
  const records = new Map<string, AnswerRecord>()
  const state = {
    pauses,
    /** What the next takings of allowances give, in order; afterwards all are granted. */
    allowing: [] as ('granted' | 'tell' | 'silent')[],
    taken: [] as string[],
    reports: [] as Report[],
    latest: null as Plan | null,
  }
  const ports: Ports = {
    pauses: {
      of: async (key) => pauses.get(key) ?? null,
      async set(key, pause) {
        pauses.set(key, pause)
      },
    },
    answers: {
      of(key) {
        const record = records.get(key) ?? answerRecord(clock)
        records.set(key, record)
        return record
      },
    },
    reports: { ofPull: async () => state.reports, latest: async () => state.latest },
    operator: {
      ...{ hasModel: false, model: null, maxUsdPerReview: null, maxUsdPerDay: null },
      modelGranted: () => true,
    },
    allowances: {
      async take(wanted) {
        state.taken.push(...wanted.map((one) => one.key))
        return state.allowing.shift() ?? 'granted'
      },
    },
  }
  return { state, ports }
}

function answerRecord(clock: Clock): AnswerRecord {
  const run = fakeRun(clock)
  let frozen: string | null = null
  return {
    signal: run.signal,
    words: async () => frozen,
    async freeze(words) {
      frozen ??= words
      return frozen
    },
    effect: (step) => run.effect(step),
    intend: (step) => run.intend(step),
    done: (step, objectId) => run.done(step, objectId),
    withdraw: (step) => run.withdraw(step),
  }
}

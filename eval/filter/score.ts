import { SIGNALS, type Signal } from '#core/filter/hit'
import type { JudgedFile } from './judged-file.ts'

/** Rows on which people may differ count in neither ratio. */
export interface Score {
  readonly rows: number
  readonly yes: number
  readonly no: number
  readonly borderline: number
  /** Selected and rightly so. */
  readonly right: number
  /** Selected though a person says no. */
  readonly wrong: number
  /** right / (right + wrong); null when nothing was selected. */
  readonly precision: number | null
  /** right / yes; null when no row is a yes. */
  readonly recall: number | null
}

const isSelected = ({ decision }: JudgedFile) => decision.decision === 'selected'

export function scoreOf(files: readonly JudgedFile[], selected = isSelected): Score {
  const count = (holds: (file: JudgedFile) => boolean) => files.filter(holds).length
  const yes = count(({ label }) => label === 'yes')
  const right = count((file) => file.label === 'yes' && selected(file))
  const wrong = count((file) => file.label === 'no' && selected(file))
  return {
    rows: files.length,
    yes,
    no: count(({ label }) => label === 'no'),
    borderline: count(({ label }) => label === 'borderline'),
    right,
    wrong,
    precision: ratio(right, right + wrong),
    recall: ratio(right, yes),
  }
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** The score of each language, the one with the most rows first. */
export function scoresByLanguage(files: readonly JudgedFile[]): ReadonlyMap<string, Score> {
  const groups = Map.groupBy(files, ({ language }) => language)
  const scores = [...groups].map(([language, own]) => [language, scoreOf(own)] as const)
  return new Map(scores.sort(([, a], [, b]) => b.rows - a.rows))
}

/** What one signal is worth. */
export interface SignalWorth {
  readonly signal: Signal
  /** Rightly and wrongly selected files whose score it raised. */
  readonly right: number
  readonly wrong: number
  readonly precisionWithout: number | null
  readonly recallWithout: number | null
}

/** Signals that took part in any selection, the most helpful first. */
export function signalWorths(files: readonly JudgedFile[]): readonly SignalWorth[] {
  return SIGNALS.map((signal) => worthOf(signal, files))
    .filter(({ right, wrong }) => right + wrong > 0)
    .sort((a, b) => b.right - a.right || a.wrong - b.wrong)
}

function worthOf(signal: Signal, files: readonly JudgedFile[]): SignalWorth {
  const raised = files.filter((file) => isSelected(file) && file.without.has(signal))
  const poorer = scoreOf(
    files,
    ({ decision, without }) => (without.get(signal) ?? decision).decision === 'selected',
  )
  return {
    signal,
    right: raised.filter(({ label }) => label === 'yes').length,
    wrong: raised.filter(({ label }) => label === 'no').length,
    precisionWithout: poorer.precision,
    recallWithout: poorer.recall,
  }
}

/** What was selected wrongly, the surest first, and what was missed, the farthest off first. */
export function worstMisses(
  files: readonly JudgedFile[],
  most: number,
): { readonly wrong: readonly JudgedFile[]; readonly missed: readonly JudgedFile[] } {
  const wrong = files.filter((file) => file.label === 'no' && isSelected(file))
  const missed = files.filter((file) => file.label === 'yes' && !isSelected(file))
  return {
    wrong: wrong.sort((a, b) => b.decision.score - a.decision.score).slice(0, most),
    missed: missed.sort((a, b) => a.decision.score - b.decision.score).slice(0, most),
  }
}

/** What the product promises: DESIGN.md, section 10. */
const LEAST_RECALL = 0.95
const LEAST_PRECISION = 0.85

/** Whether a set keeps the promise; a set without a yes or a selection promises nothing. */
export function keepsPromise({ precision, recall }: Score): boolean {
  return (recall ?? 1) >= LEAST_RECALL && (precision ?? 1) >= LEAST_PRECISION
}

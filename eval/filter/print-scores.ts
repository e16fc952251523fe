import type { JudgedFile } from './judged-file.ts'
import type { Score, SignalWorth } from './score.ts'
import { scoreOf, scoresByLanguage, signalWorths, worstMisses } from './score.ts'

/** One set as it was judged. */
export interface JudgedSet {
  readonly name: string
  readonly judged: readonly JudgedFile[]
  readonly missing: ReadonlyMap<string, number>
  readonly errors: readonly string[]
}

const share = (ratio: number | null) => (ratio === null ? '    –' : ratio.toFixed(3).padStart(5))
const cell = (value: number) => String(value).padStart(6)
const HEADER = `${''.padEnd(16)}  rows    yes     no  border  right  wrong  precision  recall`

function scoreLine(name: string, score: Score): string {
  const { rows, yes, no, borderline, right, wrong, precision, recall } = score
  const counts = `${cell(rows)} ${cell(yes)} ${cell(no)} ${cell(borderline)}  ${cell(right)} ${cell(wrong)}`
  return `${name.padEnd(16)}${counts}      ${share(precision)}   ${share(recall)}`
}

/** The table of all sets and what they are together. */
export function printScores(sets: readonly JudgedSet[]): readonly string[] {
  const lines = sets.map(({ name, judged }) => scoreLine(name, scoreOf(judged)))
  const all = sets.flatMap(({ judged }) => judged)
  const together = sets.length > 1 ? [scoreLine('together', scoreOf(all))] : []
  return [HEADER, ...lines, ...together]
}

/** What belongs to one set: languages, signals, what is missing, and the worst misses. */
export function printSet(set: JudgedSet, misses: number): readonly string[] {
  const languages = [...scoresByLanguage(set.judged)].map(([name, score]) => scoreLine(name, score))
  return [
    `${set.name}, by language`,
    HEADER,
    ...languages,
    '',
    `${set.name}, by signal      right  wrong  precision without  recall without`,
    ...signalWorths(set.judged).map(worthLine),
    ...printGaps(set),
    ...printMisses(set, misses),
  ]
}

function worthLine({ signal, right, wrong, precisionWithout, recallWithout }: SignalWorth): string {
  const without = `${share(precisionWithout).padStart(17)} ${share(recallWithout).padStart(15)}`
  return `${signal.padEnd(20)} ${cell(right)} ${cell(wrong)}  ${without}`
}

function printGaps({ missing, errors }: JudgedSet): readonly string[] {
  const absent = [...missing].map(([repo, rows]) => `no mirror: ${repo} (${rows} rows left out)`)
  const gaps = [...absent, ...errors.map((line) => `error: ${line}`)]
  return gaps.length === 0 ? [] : ['', ...gaps]
}

function printMisses({ name, judged }: JudgedSet, most: number): readonly string[] {
  if (most === 0) return []
  const { wrong, missed } = worstMisses(judged, most)
  return [
    '',
    `${name}, selected wrongly: ${wrong.length} shown`,
    ...wrong.map(missLine),
    `${name}, missed: ${missed.length} shown`,
    ...missed.map(missLine),
  ]
}

function missLine({ place, because, decision }: JudgedFile): string {
  const reasons = decision.reasons.map(({ signal, detail, line }) => {
    const at = line === null ? '' : ` (line ${line})`
    return `${signal} ${detail}${at}`
  })
  return `  ${decision.score.toFixed(2)} ${place}: ${because} | ${reasons.join('; ')}`
}

import type { Claim } from '#core/findings/finding'

type Told = Pick<Claim, 'class' | 'path' | 'side' | 'startLine' | 'line' | 'title' | 'scenario'>

/** Lines between two reports that may still be about one place. */
const NEAR = 3
/** Share of words that two titles have in common when one is the other in other words: on the same lines. */
const ALIKE = 0.5
/** The same on neighbouring lines, where two calls may well lack the same. */
const ALIKE_NEARBY = 0.75
/** Share of words of everything that is said. */
const ALIKE_AS_A_WHOLE = 0.6

/** Fewer words than this say too little to tell two problems apart. */
const ENOUGH_WORDS = 8

/** Classes that people use for one and the same problem. */
const FAMILIES: readonly (readonly Claim['class'][])[] = [
  ['idempotency', 'event-dedupe'],
  ['webhook-verification', 'timing-unsafe-compare'],
  ['retry-policy', 'rate-limit', 'circuit-breaking'],
  ['credential-exposure', 'secret-logging'],
  ['error-handling', 'observability'],
  ['payload-validation', 'injection', 'data-mapping'],
]

/**
 * Whether two reports say the same: one class on overlapping lines, or the same in other words at
 * one place, whatever class its author chose.
 */
export function isSameProblem(a: Told, b: Told): boolean {
  if (a.path !== b.path || a.side !== b.side) return false
  const apart = Math.max(a.startLine, b.startLine) - Math.min(a.line, b.line)
  if (a.class === b.class && apart <= 0) return true
  if (apart > NEAR) return false
  const related =
    a.class === b.class || FAMILIES.some((f) => f.includes(a.class) && f.includes(b.class))
  if (related && wordsInCommon(a.title, b.title) >= (apart <= 0 ? ALIKE : ALIKE_NEARBY)) return true
  const [one, other] = [`${a.title} ${a.scenario}`, `${b.title} ${b.scenario}`]
  const says = Math.min(wordsOf(one).size, wordsOf(other).size)
  return apart <= 0 && says >= ENOUGH_WORDS && wordsInCommon(one, other) >= ALIKE_AS_A_WHOLE
}

/** Words that say nothing about a problem. */
const EMPTY = new Set(
  'the a an is are was be it its this that of to in on at by for from with without and or not no when if then has have can may will does do'.split(
    ' ',
  ),
)

/** The share of words that two texts have in common, of all that they use, 0 to 1. */
function wordsInCommon(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  const both = [...a].filter((word) => b.has(word)).length
  const all = a.size + b.size - both
  return all === 0 ? 0 : both / all
}

/** Words without their endings: `retries` and `retried` are one. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\d_]{2,}/gu) ?? []
  return new Set(words.filter((word) => !EMPTY.has(word)).map(stem))
}

function stem(word: string): string {
  return word.length < 5 ? word : word.replace(/(?:ies|ied|ing|ed|es|s|y)$/, '')
}

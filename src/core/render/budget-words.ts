import type { Budget, Deadline } from '#core/matrix/matrix'

type Extent = Budget['attempts']

/** `12`, `3 to 12`, `at least 3`, `without end`. */
export function extentWords(extent: Extent, unit: (value: number) => string): string {
  if (extent === 'endless') return 'without end'
  if (typeof extent === 'number') return unit(extent)
  const { least, most } = extent
  if (most === null) return least === 0 ? 'not known' : `at least ${unit(least)}`
  return least === most ? unit(least) : `${unit(least)} to ${unit(most)}`
}

const plain = (value: number) => String(value)

/** `450 ms`, `12 s`, `3 min`, `2 h`. */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const units: readonly (readonly [number, string])[] = [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ]
  const [size, name] = units.find(([one]) => ms >= 2 * one) ?? [1_000, 's']
  return `${Math.round((ms / size) * 10) / 10} ${name}`
}

/** `up to 12 attempts (the SDK of Stripe 3 × the retry around it 4), 40 s at most`; empty where one attempt is all. */
export function budgetWords({ attempts, answerMs, layers }: Budget): string {
  const repeating = layers.filter(({ retries }) => retries !== 0)
  if (repeating.length < 2 && attempts !== 'endless') return ''
  const parts = repeating.map(({ name, retries }) => `${name} ${extentWords(more(retries), plain)}`)
  const time = answerMs === null ? '' : `, ${extentWords(answerMs, durationWords)}`
  return `attempts: ${extentWords(attempts, plain)} (${parts.join(' × ')})${time}`
}

function more(retries: Extent): Extent {
  if (retries === 'endless') return retries
  if (typeof retries === 'number') return retries + 1
  return { least: retries.least + 1, most: retries.most === null ? null : retries.most + 1 }
}

/** `the calls before the answer may take 40 s, the sender waits 10 s`; empty where they fit or nobody knows. */
export function deadlineWords({ seconds, answerMs, verdict }: Deadline): string {
  if (seconds === null || verdict === 'within' || verdict === 'unknown') return ''
  return `the calls before the answer take ${extentWords(answerMs, durationWords)}; the sender waits ${durationWords(seconds * 1_000)}`
}

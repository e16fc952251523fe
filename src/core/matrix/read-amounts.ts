import type { Language } from '#core/facts/fact'
import { type Region, textOf } from '#core/matrix/region'

/** Milliseconds of a unit, as languages and libraries name it. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|millis\w*|milliseconds?|inWholeMilliseconds)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1_000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hours?)$/i, 3_600_000],
]
/** What a bare number means where code writes a limit. */
const BARE: Readonly<Record<Language, number>> = {
  typescript: 1,
  tsx: 1,
  javascript: 1,
  python: 1_000,
  ruby: 1_000,
  php: 1_000,
  java: 1,
  kotlin: 1,
  csharp: 1,
  go: 0.000_001,
  rust: 1_000,
}
const NUMBER = String.raw`\d[\d_]*(?:\.\d+)?`
/** `Duration.ofSeconds(5)`, `TimeSpan.FromMinutes(2)`, `Duration::from_millis(500)`. */
const CALLED = new RegExp(
  String.raw`\b(?:of|From|from_|from)_?(Millis\w*|Seconds?|Secs?|Minutes?|Hours?)\(\s*(${NUMBER})`,
  'i',
)
/** `5 * time.Second`, `time.Minute`, `10.seconds`. */
const SUFFIXED = new RegExp(
  String.raw`(?:(${NUMBER})\s*\*\s*)?\btime\.(Millisecond|Second|Minute|Hour)(?:\s*\*\s*(${NUMBER}))?|(${NUMBER})\.(milliseconds|seconds|minutes|hours)\b`,
)
const PRODUCT = new RegExp(String.raw`^\s*\(?\s*(${NUMBER}(?:\s*\*\s*${NUMBER})*)\s*[,;)}\]\n]`)

/**
 * A length of time as code writes it, in milliseconds; null where it is no plain number.
 *
 * @param text begins where the value begins
 */
export function millisecondsOf(text: string, language: Language): number | null {
  const [line = ''] = text.split('\n', 1)
  const called = CALLED.exec(line)
  if (called !== null) return inUnit(called[2], called[1])
  const suffixed = SUFFIXED.exec(line)
  if (suffixed !== null)
    return inUnit(suffixed[1] ?? suffixed[3] ?? suffixed[4] ?? '1', suffixed[2] ?? suffixed[5])
  const product = PRODUCT.exec(`${line}\n`)?.[1]
  if (product === undefined) return null
  const value = product.split('*').reduce((all, one) => all * plain(one), 1)
  const ms = value * BARE[language]
  return Number.isFinite(ms) && ms >= 1 ? ms : null
}

function inUnit(number: string | undefined, unit: string | undefined): number | null {
  const factor = UNITS.find(([pattern]) => pattern.test(unit ?? ''))?.[1]
  const value = plain(number ?? '')
  return factor === undefined || !Number.isFinite(value) ? null : value * factor
}

const plain = (text: string) => Number(text.replaceAll('_', '').trim())

/**
 * The first number of at least `least` that a pattern captures in any of the regions; what is a name
 * is looked up in the region's file. Null where there is none.
 */
export function countIn(regions: readonly Region[], pattern: RegExp, least: number): number | null {
  for (const region of regions) {
    for (const [, value = ''] of textOf(region).matchAll(pattern)) {
      const count = /^\d/.test(value) ? plain(value) : constantIn(region, value)
      if (count !== null && Number.isInteger(count) && count >= least && count <= MAX_COUNT)
        return count
    }
  }
  return null
}

/** More attempts than this are something else. */
const MAX_COUNT = 1_000

function constantIn({ file }: Region, name: string): number | null {
  const given = new RegExp(
    `\\b${RegExp.escape(name)}\\b\\s*(?::[^=\\n]{0,40})?:?=\\s*(\\d[\\d_]*)\\b`,
  ).exec(file.text)?.[1]
  return given === undefined ? null : plain(given)
}

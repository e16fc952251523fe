import { describe, expect, test } from 'vitest'
import type { Language } from '#core/facts/fact'
import { millisecondsOf } from '#core/matrix/read-amounts'

const WRITTEN: readonly (readonly [Language, string, number | null])[] = [
  ['typescript', ' 5_000,', 5_000],
  ['typescript', ' 60 * 1000 })', 60_000],
  ['python', '10.5)', 10_500],
  ['python', '30\n', 30_000],
  ['ruby', ' 5', 5_000],
  ['php', ' 3,', 3_000],
  ['go', ' 5 * time.Second}', 5_000],
  ['go', ' time.Second * 5)', 5_000],
  ['go', ' time.Minute,', 60_000],
  ['go', ' 500*time.Millisecond', 500],
  ['java', 'Duration.ofSeconds(7))', 7_000],
  ['java', ' 2000)', 2_000],
  ['kotlin', ' 10.seconds', 10_000],
  ['kotlin', ' Duration.ofMillis(250))', 250],
  ['csharp', ' TimeSpan.FromMinutes(2);', 120_000],
  ['rust', 'Duration::from_secs(9))', 9_000],
  ['rust', 'Duration::from_millis(90))', 90],
  // What somebody else decides is no number.
  ['typescript', ' config.timeout,', null],
  ['python', 'settings.TIMEOUT)', null],
  ['typescript', ' 5 + attempt,', null],
  ['typescript', ' 0,', null],
]

describe('a length of time as code writes it', () => {
  test.each(WRITTEN)('%s: %s', (language, text, ms) => {
    expect(millisecondsOf(text, language)).toBe(ms)
  })
})

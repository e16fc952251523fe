import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRules } from '#core/rules/read-rules'
import { severityOf } from '#core/rules/severity'
import { isDoubtful, NEVER_JUDGED, type TrackRecord } from '#core/rules/track-record'

const judged = (right: number, wrong: number): TrackRecord => ({ ...NEVER_JUDGED, right, wrong })

describe('a rule is doubtful when one that is right four times of five would hardly have its record', () => {
  // The lower tails of the binomial with p = 0.8, each worked out apart from this code.
  test.each([
    [0, 0, 1, false],
    [0, 1, 0.2, false],
    [0, 2, 0.04, false],
    [0, 3, 0.008, true],
    [1, 2, 0.104, false],
    [1, 3, 0.0272, false],
    [1, 4, 0.0067, true],
    [4, 4, 0.0563, false],
    [4, 5, 0.0196, false],
    [4, 6, 0.0064, true],
    [149, 51, 0.0345, false],
    [145, 55, 0.0066, true],
    [160, 40, 0.5282, false],
  ])('%i right and %i wrong: a chance of %f', (right, wrong, _, doubtful) => {
    // In changes it was right.
    const changes = { right: 1, wrong: 0, arguable: 0 }
    expect(isDoubtful({ ...judged(right, wrong), changes })).toBe(doubtful)
  })

  test('what is a matter of taste says nothing', () => {
    expect(isDoubtful({ ...judged(1, 0), arguable: 50 })).toBe(false)
  })

  test('thousands of findings are no trouble', () => {
    expect(isDoubtful(judged(7_000, 3_000))).toBe(true)
    expect(isDoubtful(judged(9_000, 1_000))).toBe(false)
  })
})

describe('a rule is doubtful when it was right less often than four times of five in changes', () => {
  test.each([
    [0, 1, true],
    [1, 0, false],
    [3, 1, true],
    [4, 1, false],
    [7, 2, true],
    [8, 2, false],
    [28, 7, false],
    [799, 200, true],
  ])('%i right and %i wrong', (right, wrong, doubtful) => {
    const changes = { right, wrong, arguable: 0 }
    // In whole trees it was right often enough.
    expect(isDoubtful({ ...judged(2_000 + right, wrong), changes })).toBe(doubtful)
  })
})

describe('a rule of which no change was judged is doubtful when it was right less often than that in all code', () => {
  test.each([
    [0, 1, true],
    [3, 1, true],
    [4, 1, false],
  ])('%i right and %i wrong', (right, wrong, doubtful) => {
    expect(isDoubtful(judged(right, wrong))).toBe(doubtful)
  })
})

test('what a doubtful rule sees is low, however bad it would be', () => {
  const grave = { impact: 'severe', likelihood: 'likely' } as const
  expect(severityOf({ ...grave, record: judged(0, 5) })).toBe('low')
  expect(severityOf({ ...grave, record: judged(5, 0) })).toBe('critical')
})

/** A shipped rule with another record, as a source to read. */
function withWrong(path: string, wrong: number) {
  const file = new URL(`../../../rules/${path}`, import.meta.url)
  const record = `record: { right: 0, wrong: ${wrong}, arguable: 0 }`
  const text = readFileSync(file, 'utf8').replace(/^record: .*\n/m, '')
  return {
    path: `rules/${path}`,
    text: text.replace(/^proof: .*$/m, `proof: plausible\n${record}`),
  }
}

describe('rules about what a change takes away', () => {
  const severities = (first: number, second: number) => {
    const read = readRules([
      withWrong('webhook-verification/signature-check-removed.yml', first),
      withWrong('payload-validation/validation-removed.yml', second),
      withWrong('tls/certificate-not-verified.yml', 0),
    ])
    if (!read.ok) throw new Error(JSON.stringify(read.complaints))
    return read.value.map(({ severity, doubtful }) => [severity, doubtful])
  }

  test('are doubted together, where none of them is doubtful alone', () => {
    expect(severities(1, 0)).toEqual([
      ['low', true],
      ['low', true],
      ['high', false],
    ])
  })
  test('are believed while none of them was wrong', () => {
    expect(severities(0, 0)).toEqual([
      ['high', false],
      ['medium', false],
      ['high', false],
    ])
  })
})

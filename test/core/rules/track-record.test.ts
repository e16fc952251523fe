import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRules } from '#core/rules/read-rules'
import { severityOf } from '#core/rules/severity'
import { isDoubtful } from '#core/rules/track-record'

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
    expect(isDoubtful({ right, wrong, arguable: 0 })).toBe(doubtful)
  })

  test('what is a matter of taste says nothing', () => {
    expect(isDoubtful({ right: 1, wrong: 0, arguable: 50 })).toBe(false)
  })

  test('thousands of findings are no trouble', () => {
    expect(isDoubtful({ right: 7_000, wrong: 3_000, arguable: 0 })).toBe(true)
    expect(isDoubtful({ right: 9_000, wrong: 1_000, arguable: 0 })).toBe(false)
  })
})

test('what a doubtful rule sees is low, however bad it would be', () => {
  const grave = { impact: 'severe', likelihood: 'likely' } as const
  expect(severityOf({ ...grave, record: { right: 0, wrong: 5, arguable: 0 } })).toBe('low')
  expect(severityOf({ ...grave, record: { right: 5, wrong: 0, arguable: 0 } })).toBe('critical')
})

/** A shipped rule with another record, as a source to read. */
function judged(path: string, wrong: number) {
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
      judged('webhook-verification/signature-check-removed.yml', first),
      judged('payload-validation/validation-removed.yml', second),
      judged('tls/certificate-not-verified.yml', 0),
    ])
    if (!read.ok) throw new Error(JSON.stringify(read.complaints))
    return read.value.map(({ severity, doubtful }) => [severity, doubtful])
  }

  test('are doubted together, where none of them is doubtful alone', () => {
    expect(severities(2, 1)).toEqual([
      ['low', true],
      ['low', true],
      ['high', false],
    ])
  })
  test('are believed while their common record may be bad luck', () => {
    expect(severities(1, 1)).toEqual([
      ['high', false],
      ['medium', false],
      ['high', false],
    ])
  })
})

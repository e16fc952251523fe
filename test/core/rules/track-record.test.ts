import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRules } from '#core/rules/read-rules'
import { severityOf } from '#core/rules/severity'
import { isDoubtful } from '#core/rules/track-record'

describe('a rule is doubtful when it was right less often than four times of five', () => {
  test.each([
    [0, 0, false],
    [0, 1, true],
    [1, 0, false],
    [3, 1, true],
    [4, 1, false],
    [7, 2, true],
    [8, 2, false],
    [12, 3, false],
    [799, 200, true],
    [800, 200, false],
  ])('%i right and %i wrong', (right, wrong, doubtful) => {
    expect(isDoubtful({ right, wrong, arguable: 0 })).toBe(doubtful)
  })

  test('what is a matter of taste says nothing', () => {
    expect(isDoubtful({ right: 1, wrong: 0, arguable: 50 })).toBe(false)
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

import { expect, test } from 'vitest'
import { answerNotes } from '#flow/answer-words'
import type { AgentOutcome } from '#flow/ask-agent'
import { finding } from '../support/builders.ts'

const KEY = { path: 'src/charge.ts', side: 'RIGHT' as const, line: 9, text: 'key', redacted: false }

function answered(
  more: Partial<Extract<AgentOutcome, { kind: 'answered' }>> = {},
): Extract<AgentOutcome, { kind: 'answered' }> {
  return {
    ...{ kind: 'answered', claims: [], doubted: new Set(), refuted: [], unchecked: null },
    ...{
      dismissed: [],
      mended: [],
      refused: [],
      edits: [],
      closing: null,
      requestIds: [],
      answeredBy: [],
      partial: null,
    },
    usage: {
      ...{ modelCalls: 1, inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      ...{ outputTokens: 0, usd: 0 },
    },
    coverage: new Map(),
    ...more,
  }
}

test('a finding that the lead showed to be mended is listed with the lines and the reason', () => {
  const earlier = finding({ id: 'tl-1', title: 'Charged twice', path: 'src/charge.ts', line: 4 })
  const said = { finding: 'tl-1', reason: 'A key is passed.', evidence: [KEY] }
  const notes = (severity: 'high' | 'critical') =>
    answerNotes(answered({ mended: [said] }), [{ ...earlier, severity }])
  expect(notes('high')).toEqual([
    'finding "Charged twice" at src/charge.ts:4 was shown to be mended (src/charge.ts:9): A key is passed.',
  ])
  expect(notes('critical')).toEqual([
    'finding "Charged twice" at src/charge.ts:4 was shown to be mended (src/charge.ts:9), and kept because it is critical: A key is passed.',
  ])
  expect(answerNotes(answered({ mended: [said] }), [])).toEqual([])
})

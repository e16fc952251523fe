import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anchorOf, parseAnchor } from '#core/agent/anchors'
import { checkCitations, checkFinding, type Knowledge } from '#core/agent/check-finding'
import { ReportFindingInput } from '#core/agent/tool-inputs'
import type { FileDiff } from '#core/diff/diff'
import { redact } from '#core/text/redact'

/** Head lines 10 to 13 and 40 to 41; base line 11 was removed. */
const FILE: FileDiff = {
  path: 'src/a.ts',
  previousPath: null,
  change: 'modified',
  content: 'text',
  hunks: [
    {
      oldStart: 10,
      oldLines: 3,
      newStart: 10,
      newLines: 4,
      lines: [' start()', '-old()', '+first()\r', '+second()', ' end()'],
    },
    { oldStart: 39, oldLines: 1, newStart: 40, newLines: 2, lines: [' tail()', '+more()'] },
  ],
}
const OTHER = [
  'import x',
  'timeout: 5000',
  'same()',
  'same()',
  `key = "sk_live_${'a1'.repeat(10)}"`,
]

const KNOWLEDGE: Knowledge = {
  files: new Map([[FILE.path, FILE]]),
  linesOf: (path, side) => (path === 'src/client.ts' && side === 'RIGHT' ? OTHER : null),
  providersOf: () => ['stripe', 'paypal'],
  redact: (text) => redact(text).text,
  canary: 'tlp-secret-word',
}

function check(changes: Record<string, unknown> = {}) {
  const anchor = anchorOf('RIGHT', 11, 'first()')
  const input = ReportFindingInput.parse({
    class: 'timeout',
    impact: 'serious',
    likelihood: 'possible',
    path: 'src/a.ts',
    anchor,
    title: 'No timeout',
    scenario: 'It hangs.',
    fix: 'Set one.',
    evidence: [{ path: 'src/a.ts', anchor }],
    ...changes,
  })
  return checkFinding(input, KNOWLEDGE)
}

function because(changes: Record<string, unknown>): string {
  const checked = check(changes)
  return checked.ok ? 'accepted' : checked.because
}

describe('what does not hold', () => {
  test('a file that is not part of the change', () => {
    expect(because({ path: 'src/gone.ts' })).toContain('not part of this change')
  })

  test('an anchor outside the diff names the nearest lines that can be used', () => {
    const answer = because({ anchor: anchorOf('RIGHT', 25, 'first()') })
    // Fifteen lines away with the only matching hash: taken for a slip.
    expect(answer).toBe('accepted')
    const lost = because({ anchor: 'R25:fff' })
    expect(lost).toContain('the line is not there')
    expect(lost).toContain(`${anchorOf('RIGHT', 13, 'end()')}|end()`)
  })

  test('a line with another content', () => {
    expect(because({ anchor: 'R12:fff' })).toContain('the line has another content')
  })

  test('a range over two hunks, over two sides, or backwards', () => {
    const start = anchorOf('RIGHT', 11, 'first()')
    expect(because({ start_anchor: start, anchor: anchorOf('RIGHT', 41, 'more()') })).toContain(
      'same hunk',
    )
    expect(because({ start_anchor: anchorOf('LEFT', 11, 'old()') })).toContain('same side')
    expect(because({ start_anchor: anchorOf('RIGHT', 12, 'second()') })).toContain('before it')
  })

  test('evidence that is nowhere, or in two places', () => {
    const cite = (anchor: string, path = 'src/client.ts') =>
      because({ evidence: [{ path, anchor }] })
    expect(cite('R2:fff')).toContain('evidence src/client.ts')
    expect(cite(anchorOf('RIGHT', 9, 'same()'))).toContain('evidence')
    expect(cite('R1:abc', '/etc/passwd')).toContain('no such lines')
    expect(cite('nonsense')).toContain('not an anchor')
  })

  test('a suggestion for a removed line', () => {
    const anchor = anchorOf('LEFT', 11, 'old()')
    expect(because({ anchor, suggestion: 'x' })).toContain('suggestion')
  })

  test('a text that repeats our instructions', () => {
    expect(because({ fix: 'Say tlp-secret-word' })).toContain('instructions')
  })
})

describe('what holds', () => {
  test('its own line is the first evidence, with the text of the file and without its line ending', () => {
    const checked = check()
    expect(checked).toMatchObject({
      ok: true,
      value: {
        severity: 'medium',
        proof: 'plausible',
        source: 'agent',
        rule: null,
        side: 'RIGHT',
        startLine: 11,
        line: 11,
        evidence: [{ path: 'src/a.ts', side: 'RIGHT', line: 11, text: 'first()', redacted: false }],
      },
    })
  })

  test('a slip of the line number is mended where only one line fits', () => {
    const checked = check({
      anchor: anchorOf('RIGHT', 17, 'second()'),
      evidence: [{ path: 'src/client.ts', anchor: anchorOf('RIGHT', 9, 'timeout: 5000') }],
    })
    expect(checked).toMatchObject({ ok: true, value: { line: 12 } })
    expect(checked.ok && checked.value.evidence[1]).toMatchObject({
      line: 2,
      text: 'timeout: 5000',
    })
  })

  test('a removed line and a range within a hunk', () => {
    expect(check({ anchor: anchorOf('LEFT', 11, 'old()') })).toMatchObject({
      ok: true,
      value: { side: 'LEFT', line: 11 },
    })
    expect(
      check({
        start_anchor: anchorOf('RIGHT', 11, 'first()'),
        anchor: anchorOf('RIGHT', 12, 'second()'),
        suggestion: 'first(5000)',
      }),
    ).toMatchObject({ ok: true, value: { startLine: 11, line: 12, suggestion: 'first(5000)' } })
  })

  test('a secret in evidence and text is masked, and a suggestion with one is left out', () => {
    const secret = `sk_live_${'a1'.repeat(10)}`
    const checked = check({
      body: `It holds ${secret}`,
      suggestion: `use("${secret}")`,
      evidence: [{ path: 'src/client.ts', anchor: anchorOf('RIGHT', 5, OTHER[4] ?? '') }],
    })
    expect(checked.ok && checked.value.evidence[1]).toMatchObject({
      text: 'key = "•••"',
      redacted: true,
    })
    expect(checked.ok && checked.value.suggestion).toBeNull()
    expect(JSON.stringify(checked)).not.toContain(secret)
  })

  test('a provider is named only where the file touches it', () => {
    expect(check({ provider: 'paypal' })).toMatchObject({ value: { provider: 'paypal' } })
    expect(check({ provider: 'acme' })).toMatchObject({ value: { provider: null } })
  })

  test('the same line cited twice is one piece of evidence', () => {
    const citation = { path: 'src/client.ts', anchor: anchorOf('RIGHT', 2, 'timeout: 5000') }
    const checked = checkCitations([citation, citation], KNOWLEDGE)
    expect(checked.ok && checked.value).toHaveLength(1)
  })
})

test('a line inside a key is masked as evidence and among the nearest lines', () => {
  const key = ['-----BEGIN PRIVATE KEY-----', 'bm90IGEga2V5', '-----END PRIVATE KEY-----', 'next()']
  const knowledge: Knowledge = { ...KNOWLEDGE, linesOf: () => key }
  const cite = (anchor: string) => checkCitations([{ path: 'k.pem.ts', anchor }], knowledge)
  expect(cite(anchorOf('RIGHT', 2, 'bm90IGEga2V5'))).toMatchObject({
    ok: true,
    value: [{ line: 2, text: '', redacted: true }],
  })
  expect(JSON.stringify(cite('R2:fff'))).not.toContain('bm90IGEga2V5')
})

test('every anchor that is shown can be read back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('LEFT' as const, 'RIGHT' as const),
      fc.integer({ min: 1, max: 9_999_999 }),
      fc.string(),
      (side, line, text) => {
        const written = anchorOf(side, line, text)
        expect(parseAnchor(written)).toMatchObject({ side, line })
      },
    ),
  )
})

test.each(['', 'R0:abc', 'R1', 'X1:abc', 'R1:ABC', 'R1:abcd', 'R-1:abc', 'R99999999:abc'])(
  '%j is no anchor',
  (written) => {
    expect(parseAnchor(written)).toBeNull()
  },
)

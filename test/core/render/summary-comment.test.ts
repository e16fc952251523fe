import { describe, expect, test } from 'vitest'
import {
  checkSummary,
  reviewBody,
  reviewBodyInFull,
  type SummaryParts,
  summaryComment,
} from '#core/render/summary-comment'
import { finding, report, reportFile } from '../../support/builders.ts'

const WEB = 'https://github.com/acme/shop'
const parts = (of: Parameters<typeof report>[0] = {}, more: Partial<SummaryParts> = {}) => ({
  ...{ report: report(of), title: 'Reviewed, 1 finding', webUrl: WEB, learnings: [], settled: [] },
  diagrams: true,
  ...more,
})
const summary = (of: Parameters<typeof report>[0] = {}, more: Partial<SummaryParts> = {}) =>
  summaryComment(parts(of, more))

test('the verdict stands first, and what stands below cannot forge another', () => {
  const forged = finding({ title: '## No issues', path: 'x\n### Reviewed, no findings' })
  const text = summary({ findings: [forged], notes: ['### Reviewed, no findings'] })
  expect(text.startsWith('### Reviewed, 1 finding\n\n')).toBe(true)
  expect(text.match(/^#{1,6} /gm)).toEqual(['### '])
})

test('every finding is in the list; in full stands only what has no other place', () => {
  const inline = finding({ id: 'tl-000000000001' })
  const unplaced = finding({ id: 'tl-000000000002', placement: 'summary' })
  const text = summary({ findings: [inline, unplaced] })
  expect(text.match(/^- \*\*high\*\*/gm)).toHaveLength(2)
  expect(text).toContain('<summary>high: <code>tl-000000000002</code></summary>')
  expect(text).not.toContain('<summary>high: <code>tl-000000000001</code></summary>')
})

test('the check holds every finding in full, wherever else it stands', () => {
  const findings = [finding({ id: 'tl-000000000001' }), finding({ id: 'tl-000000000002' })]
  const text = checkSummary(parts({ findings }))
  expect(text.match(/When it breaks/g)).toHaveLength(2)
})

test('the review points to the summary and repeats nothing of it', () => {
  const fresh = [finding(), finding({ id: 'tl-000000000002', placement: 'summary' })]
  const text = reviewBody(report({ findings: fresh }), WEB, fresh)
  expect(text).toContain('1 finding without a comment of their own')
  expect(text).not.toContain('tl-')
  expect(reviewBodyInFull(report(), WEB, fresh)).toContain('tl-000000000002')
})

describe('coverage', () => {
  test('has a row for each selected or failed file and counts the others', () => {
    const text = summary({
      files: [
        reportFile('src/a.ts'),
        reportFile('src/b.ts', { coverage: 'failed', because: 'it is too large' }),
        reportFile('docs/c.md', { decision: 'skipped', coverage: 'skipped' }),
      ],
    })
    expect(text).toContain('| `src/a.ts` | reviewed | `imports stripe` |')
    expect(text).toContain('| `src/b.ts` | failed | `it is too large` |')
    expect(text).toContain('1 other file without integration code.')
  })
  test('keeps its columns whatever a file is called', () => {
    const text = summary({ files: [reportFile('a`|b\n| x | reviewed |')] })
    const rows = text.split('\n').filter((line) => line.startsWith('| `'))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.replaceAll('\\|', '').split('|')).toHaveLength(5)
  })
})

test('what was settled is named', () => {
  expect(summary({}, { settled: [{ finding: 'tl-0123456789ab', judged: false }] })).toContain(
    'Settled since the last push: `tl-0123456789ab` (the check finds it no more).',
  )
})

test('a reason that quotes somebody is inert', () => {
  const text = summary({ status: 'partial', because: 'the model said @everyone <img src=x>' })
  expect(text).toContain('`@everyone`')
  expect(text).toContain('`<img src=x>`')
})

test('what was learned says when it will be remembered', () => {
  const learning = {
    ...{ topic: 'stripe', citation: null, anchor: null, source: 'agent' as const },
    text: 'Retries are off. @team',
  }
  const text = summary({}, { learnings: [{ ...learning, when: 'at-merge' }] })
  expect(text).toContain('Will be remembered when this merges:\n\n- Retries are off. `@team`')
})

describe('too much', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      finding({
        id: `tl-${i.toString(16).padStart(12, '0')}`,
        body: 'x'.repeat(5_000),
        placement: 'summary',
      }),
    )
  test('of findings is counted, never dropped without a word', () => {
    const text = summary({ findings: many(300) })
    const listed = text.match(/^- \*\*high\*\*/gm)?.length ?? 0
    expect(listed).toBeGreaterThan(50)
    expect(text).toContain(`- and ${300 - listed} more, not graver than these`)
    expect(text).toContain('not shown in full here')
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
  })
  test('of anything leaves verdict, coverage and footer', () => {
    const notes = Array.from({ length: 200 }, () => 'n'.repeat(5_000))
    const text = summary({ findings: many(300), notes })
    expect(text).toContain('### Reviewed')
    expect(text).toContain('| `src/a.ts` | reviewed |')
    expect(text).toContain('180 more notes')
    expect(text.endsWith('</sub>')).toBe(true)
  })
  test('leaves no fold and no fence open', () => {
    const fenced = many(60).map((one) => ({ ...one, body: '```\nopen' }))
    const text = checkSummary(parts({ findings: fenced }))
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
    expect((text.match(/^```/gm)?.length ?? 0) % 2).toBe(0)
  })
})

import { expect, test } from 'vitest'
import { plannedWrites, plannedWritesPage } from '#core/render/planned-writes'
import { escapeHidden } from '#core/text/hidden-characters'
import { plan } from '../../support/sample-plan.ts'

const RUN = {
  ...{ pull: 'acme/shop#7', head: 'a'.repeat(40), state: 'done' },
  createdAt: '2026-11-22T10:00:00.000Z',
}
const MARK = `<!-- tech-lead:finding tl-0123456789ab ${'0'.repeat(32)} -->`
const comment = (path: string, line: number, change = {}) => ({
  ...{ finding: 'tl-0123456789ab', path, line, startLine: null, side: 'RIGHT' as const },
  body: `Say it.\n${MARK}`,
  ...change,
})

test('each text that would be posted stands below its place, without our hidden marks', () => {
  const full = {
    ...plan,
    review: {
      body: 'Two problems.',
      bodyWithoutComments: 'Two problems, in src/pay.ts.',
      comments: [
        comment('src/pay.ts', 9, { startLine: 7, body: `No limit.\n\n    retry()\n\n${MARK}` }),
        comment('src/old.ts', 3, { side: 'LEFT' }),
      ],
    },
    fileComments: [{ finding: 'tl-1', path: 'src/big.ts', body: `Too large.\n${MARK}` }],
    summary: { body: '## Reviewed', create: false, update: true },
    resolve: ['thread'],
    check: {
      conclusion: 'failure' as const,
      title: 'Reviewed, 2 findings',
      summary: 'Two.',
      annotations: [{ path: '.github/tech-lead.yml', line: 2, message: 'no such key' }],
    },
    learnings: [
      {
        ...{ topic: 'stripe', text: 'Calls go through src/pay.ts', citation: null, anchor: null },
        ...{ source: 'agent' as const, when: 'at-merge' as const },
      },
    ],
    memoryEdits: [{ path: '.claude/agent-memory/lead/old.md', base: 'x', text: null }],
  }
  expect(plannedWritesPage(plannedWrites(RUN, full))).toBe(`Pull request  acme/shop#7
Head          ${'a'.repeat(40)}
Run           done, taken up 2026-11-22T10:00:00.000Z
Check         failure: Reviewed, 2 findings
Comments      3
Threads       1 to settle, 0 to open again
Memory        2 changes

Check
  Two.

Check, at .github/tech-lead.yml:2
  no such key

Review
  Two problems.

Comment at src/pay.ts:7-9
  No limit.

      retry()

Comment at src/old.ts:3, before the change
  Say it.

Comment on the file src/big.ts
  Too large.

Summary comment, only in place of one there
  ## Reviewed

Memory, stripe, when it is merged
  Calls go through src/pay.ts

Memory, .claude/agent-memory/lead/old.md
  (removed)
`)
})

test('no text and no path can pass for a part of the page, whatever breaks its lines', () => {
  const hostile = 'Fine.\nReview\rReview\r\nReview\u2028Review'
  const forged = {
    ...plan,
    review: {
      ...{ body: hostile, bodyWithoutComments: hostile },
      comments: [comment('a\nReview\n.ts', 1, { body: hostile })],
    },
    summary: { ...plan.summary, body: hostile },
    check: { ...plan.check, title: hostile, summary: hostile },
  }
  const shown = escapeHidden(plannedWritesPage(plannedWrites(RUN, forged)))
  expect(shown.split(/[\n\r\u2028]/).filter((line) => line.startsWith('Review'))).toEqual([
    'Review',
  ])
})

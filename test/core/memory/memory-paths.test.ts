import { expect, test } from 'vitest'
import { memoryPathRefusal, refuseEdits } from '#core/memory/memory-paths'

test.each([
  '../x.md',
  '..md/../../x.md',
  '.github/workflows/x.yml',
  '../../.claude/settings.json',
  '/etc/x.md',
  'a//b.md',
  './a.md',
  'a/./b.md',
  'a\\b.md',
  'a%2e%2e.md',
  'a b.md',
  'a\0.md',
  'é.md',
  'x.md\n',
  'a/b/c/d/e.md',
  'nul.md',
  'a/COM1.md',
  '',
  'x',
  `${'x'.repeat(101)}.md`,
])('the path %j is refused', (path) => {
  expect(memoryPathRefusal(path)).not.toBeNull()
})

test.each(['MEMORY.md', 'stripe.md', 'stripe-2.md', 'a/b_c.d.md'])(
  'the path %s is fine',
  (path) => {
    expect(memoryPathRefusal(path)).toBeNull()
  },
)

const agent = 'integrations-tech-lead'
const refuse = (
  edits: { path: string; text: string | null }[],
  files = [{ path: 'a.md', text: 'old\n' }],
) => refuseEdits({ agent, files, edits })

test('a change of ordinary files passes', () => {
  expect(
    refuse([
      { path: 'a.md', text: 'old\nnew\n' },
      { path: 'b.md', text: 'x\n' },
    ]),
  ).toBeNull()
  expect(refuse([{ path: 'a.md', text: null }])).toBeNull()
})

test.each(['..', 'a/b', 'A', ''])('the agent name "%s" is refused', (name) => {
  expect(refuseEdits({ agent: name, files: [], edits: [] })).toContain('is not a slug')
})

test.each([
  ['a path outside', [{ path: '../x.md', text: 'x' }], 'leaves the memory folder'],
  ['a removal of nothing', [{ path: 'b.md', text: null }], 'no such file'],
  ['a file of 25,601 bytes', [{ path: 'b.md', text: 'x'.repeat(25_601) }], 'larger than'],
  [
    'an index of 201 lines',
    [{ path: 'MEMORY.md', text: 'x\n'.repeat(201) }],
    'more than 200 lines',
  ],
  ['a new hidden character', [{ path: 'a.md', text: 'old\n\u200B\n' }], 'hidden'],
  ['a new secret', [{ path: 'a.md', text: `old\nghp_${'a1B2'.repeat(9)}\n` }], 'secret'],
  ['text that is not in form C', [{ path: 'a.md', text: 'Cafe\u0301\n' }], 'normal form'],
  ['a name that differs by case only', [{ path: 'A.md', text: 'x' }], 'by case only'],
  [
    'two new names that differ by case',
    [
      { path: 'b.md', text: 'x' },
      { path: 'B.md', text: 'x' },
    ],
    'by case only',
  ],
])('%s is refused', (_, edits, because) => {
  expect(refuse(edits)).toContain(because)
})

test('what a person left in a file does not block a change of it', () => {
  const files = [{ path: 'a.md', text: 'Cafe\u0301\u200B\n' }]
  expect(refuse([{ path: 'a.md', text: 'Cafe\u0301\u200B\nnew\n' }], files)).toBeNull()
})

test('twenty files go into one commit and twenty-one do not', () => {
  const edits = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ path: `t${n}.md`, text: 'x' }))
  expect(refuse(edits(20))).toBeNull()
  expect(refuse(edits(21))).toContain('21 files')
})

import { expect, test } from 'vitest'
import { findEntryId, removeEntries } from '#core/memory/remove-entries'

const bullet = (n: number) => `- Fact ${n}. (PR #1, 2026-11-22) [m-0000000${n}]`
const forget = (text: string, ...ids: number[]) =>
  removeEntries([{ path: 'stripe.md', text }], new Set(ids.map((n) => `m-0000000${n}`))).files.map(
    (file) => file.text,
  )

test('an entry goes with what hangs below it, and no other byte', () => {
  const text = `# S\r\n\r\nTheir words.\r\n${bullet(1)}\r\n  - a note\r\n${bullet(2)}\r\n\r\nEnd`
  expect(forget(text, 1)).toEqual([`# S\r\n\r\nTheir words.\r\n${bullet(2)}\r\n\r\nEnd`])
})

test('the last line without an ending goes whole', () => {
  expect(forget(`Words.\n${bullet(1)}`, 1)).toEqual(['Words.'])
})

test('an entry below another one goes once', () => {
  expect(forget(`${bullet(1)}\n  ${bullet(2)}\nEnd.\n`, 1, 2)).toEqual(['End.\n'])
})

test('words that a line underlines are a person’s, and their file stays', () => {
  const files = [{ path: 'stripe.md', text: `été\n---\n# Stripe\n\n${bullet(1)}\n` }]
  expect(removeEntries(files, new Set(['m-00000001'])).files).toEqual([
    { path: 'stripe.md', text: 'été\n---\n# Stripe\n\n' },
  ])
})

test('a file of which only headings are left goes, with our line in the index', () => {
  const files = [
    { path: 'MEMORY.md', text: '# M\n\n- [Stripe](stripe.md): what is known about Stripe\n' },
    { path: 'stripe.md', text: `# Stripe\n\n${bullet(1)}\n` },
  ]
  expect(removeEntries(files, new Set(['m-00000001']))).toEqual({
    files: [{ path: 'MEMORY.md', text: '# M\n\n' }],
    ids: ['m-00000001'],
  })
})

test('an unknown id changes nothing', () => {
  const files = [{ path: 'a.md', text: `${bullet(1)}\n` }]
  expect(removeEntries(files, new Set(['m-99999999']))).toEqual({ files, ids: [] })
})

test.each([
  ['m-1234abcd', 'm-1234abcd'],
  ['1234abcd', 'm-1234abcd'],
  ['m-1234', 'm-1234abcd'],
  ['m-123', null],
  ['m-12', null],
  ['m-5678', null],
  ['m-9999', null],
])('%s means %s', (typed, id) => {
  expect(findEntryId(typed, ['m-1234abcd', 'm-1234abcd', 'm-56780000', 'm-56781111'])).toBe(id)
})

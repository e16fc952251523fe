import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePatch } from '#core/diff/parse-patch'

test('an empty patch has no hunks', () => {
  expect(parsePatch('')).toEqual({ ok: true, hunks: [] })
})

test('text that is no patch is refused with a reason', () => {
  expect(parsePatch('hello')).toEqual({ ok: false, reason: 'it does not start with a hunk header' })
})

test('a hunk with fewer lines than it announces is refused', () => {
  expect(parsePatch('@@ -1,3 +1 @@\n-a').ok).toBe(false)
})

test('a hunk that starts a new file begins at line 1 of the head', () => {
  const read = parsePatch('@@ -0,0 +1 @@\n+a\n\\ No newline at end of file')
  expect(read.ok && read.hunks[0]).toMatchObject({
    newStart: 1,
    newLines: 1,
    oldLines: 0,
    lines: ['+a'],
  })
})

test('two hunks keep their own positions', () => {
  const read = parsePatch('@@ -1,3 +1,3 @@ fn\n a\n-b\n+c\n d\n@@ -10 +10 @@\n-x\n+y')
  expect(read.ok && read.hunks.map((h) => [h.oldStart, h.newStart, h.lines.length])).toEqual([
    [1, 1, 4],
    [10, 10, 2],
  ])
})

test('separators other than a newline do not end a line', () => {
  const read = parsePatch('@@ -0,0 +1 @@\n+a\rb\u2028c\u000bd')
  expect(read.ok && read.hunks[0]?.lines).toEqual(['+a\rb\u2028c\u000bd'])
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(typeof parsePatch(`@@ -1 +1 @@${text}`).ok).toBe('boolean')
    }),
  )
})

test.each([
  ['a later hunk header without its numbers', '@@ -1 +1 @@\n-a\n+b\n@@ -9'],
  ['a header of another file', '@@ -1 +1 @@\n-a\n+b\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b'],
])('a patch with %s is no patch of one file', (_, patch) => {
  expect(parsePatch(patch).ok).toBe(false)
})

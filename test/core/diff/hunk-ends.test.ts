import { expect, test } from 'vitest'
import { hunksEnd } from '#core/diff/hunk-ends'

test('hunks end after as many lines as their headers count', () => {
  const text = '@@ -1,2 +1,2 @@ f()\n a\n-b\n+c\n@@ -9 +9,0 @@\n-d\ndiff --git a/x b/x\n'
  expect(hunksEnd(text, 0)).toBe(text.indexOf('diff'))
})

test('a mark of a missing final newline belongs to the hunk and is not counted', () => {
  const text =
    '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\nrest'
  expect(hunksEnd(text, 0)).toBe(text.indexOf('rest'))
})

test('content that looks like a header is counted as content', () => {
  const text = '@@ -1,2 +1,2 @@\n--- a/x\n+++ b/x\n @@ -1 +1 @@\n'
  expect(hunksEnd(text, 0)).toBe(text.length)
})

test('the last line may lack its newline', () => {
  expect(hunksEnd('@@ -1 +1 @@\n-a\n+b', 0)).toBe(17)
})

test('an empty line is a blank line of context', () => {
  expect(hunksEnd('@@ -1,2 +1,2 @@\n\n-a\n+b\n', 0)).toBe(23)
})

test.each([
  ['too few lines', '@@ -1,3 +1 @@\n-a\n+b\n'],
  ['too many of one side', '@@ -1 +1,2 @@\n-a\n-b\n+c\n+d\n'],
  ['a line with another mark', '@@ -1,2 +1 @@\n-a\n*b\n+c\n'],
  ['a header without numbers', '@@ here @@\n-a\n'],
  ['numbers beyond all counting', `@@ -1,${'9'.repeat(400)} +1 @@\n-a\n+b\n`],
])('hunks with %s have no end', (_, text) => {
  expect(hunksEnd(text, 0)).toBeNull()
})

test('one line of many megabytes is one line', () => {
  const text = `@@ -0,0 +1 @@\n+${'x'.repeat(20_000_000)}\n`
  expect(hunksEnd(text, 0)).toBe(text.length)
})

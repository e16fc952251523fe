import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { canComment, changedLines, commentableLines, diffLines } from '#core/diff/line-sets'
import { parsePatch } from '#core/diff/parse-patch'

function fileOf(patch: string): FileDiff {
  const read = parsePatch(patch)
  if (!read.ok) throw new Error(read.reason)
  return {
    path: 'a.ts',
    previousPath: null,
    change: 'modified',
    content: 'text',
    hunks: read.hunks,
  }
}

const file = fileOf('@@ -1,3 +1,4 @@\n a\n-b\n+c\n+d\n e\n@@ -20,2 +21,2 @@\n-x\n+y\n z')

test('context and added lines can be commented on at the head', () => {
  const right = commentableLines(file, 'RIGHT')
  expect([0, 1, 2, 3, 4, 5, 20, 21, 22, 23].filter((n) => right.has(n))).toEqual([
    1, 2, 3, 4, 21, 22,
  ])
})

test('context and removed lines can be commented on at the base', () => {
  const left = commentableLines(file, 'LEFT')
  expect([0, 1, 2, 3, 4, 19, 20, 21, 22].filter((n) => left.has(n))).toEqual([1, 2, 3, 20, 21])
})

test('only lines that the change touched count as changed', () => {
  expect(changedLines(file, 'RIGHT').ranges).toEqual([
    { start: 2, end: 3, hunk: 0 },
    { start: 21, end: 21, hunk: 1 },
  ])
  expect(changedLines(file, 'LEFT').ranges).toEqual([
    { start: 2, end: 2, hunk: 0 },
    { start: 20, end: 20, hunk: 1 },
  ])
})

test('a range across two hunks cannot carry a comment', () => {
  const right = commentableLines(file, 'RIGHT')
  expect(canComment(right, 3, 21)).toBe(false)
  expect(canComment(right, 1, 4)).toBe(true)
})

test('a range that ends before it starts cannot carry a comment', () => {
  expect(canComment(commentableLines(file, 'RIGHT'), 4, 3)).toBe(false)
})

test('the nearest line of a line outside is the edge of the closest hunk', () => {
  const right = commentableLines(file, 'RIGHT')
  expect([right.nearest(1), right.nearest(9), right.nearest(18), right.nearest(99)]).toEqual([
    1, 4, 21, 22,
  ])
})

test('a file without hunks has no line to comment on', () => {
  const right = commentableLines({ ...file, hunks: [] }, 'RIGHT')
  expect([right.has(1), right.nearest(1), right.rangeOf(1)]).toEqual([false, null, null])
})

test('lines carry the numbers of both files', () => {
  const [hunk] = file.hunks
  expect(hunk && diffLines(hunk).map((l) => [l.kind, l.oldLine, l.newLine, l.text])).toEqual([
    ['context', 1, 1, 'a'],
    ['removed', 2, null, 'b'],
    ['added', null, 2, 'c'],
    ['added', null, 3, 'd'],
    ['context', 3, 4, 'e'],
  ])
})

test('the nearest line is always a member, and no member is closer', () => {
  const right = commentableLines(file, 'RIGHT')
  const members = [1, 2, 3, 4, 21, 22]
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 60 }), (line) => {
      const nearest = right.nearest(line)
      expect(members).toContain(nearest)
      const distance = Math.min(...members.map((m) => Math.abs(m - line)))
      expect(Math.abs((nearest ?? 0) - line)).toBe(distance)
    }),
  )
})

import { expect, test } from 'vitest'
import { isOver, type Row, ratioOf } from '../../bench/case.ts'
import { createMaker, madeDiff } from '../../bench/made-diff.ts'
import { madePullRequest } from '../../bench/made-pull-request.ts'
import { median } from '../../bench/measure.ts'

const row = (figure: number, limit: Row['limit']): Row => ({
  ...{ name: 'x', figure, unit: 'ms', limit },
  baseline: { name: 'y', figure: 10 },
})

test('the median is the middle, and of an even number the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})

test('a limit is passed above it, not at it', () => {
  expect(ratioOf(row(40, { kind: 'ratio', most: 4 }))).toBe(4)
  expect(isOver(row(40, { kind: 'ratio', most: 4 }))).toBe(false)
  expect(isOver(row(41, { kind: 'ratio', most: 4 }))).toBe(true)
  expect(isOver(row(41, { kind: 'figure', most: 41 }))).toBe(false)
  expect(isOver(row(42, { kind: 'figure', most: 41 }))).toBe(true)
})

test('what could not be measured is over its limit', () => {
  expect(isOver(row(Number.NaN, { kind: 'figure', most: 41 }))).toBe(true)
})

test('the same seed makes the same inputs, another seed others', () => {
  expect(madeDiff(10_000, 1)).toBe(madeDiff(10_000, 1))
  expect(madeDiff(10_000, 2)).not.toBe(madeDiff(10_000, 1))
  expect(madePullRequest(20, 1)).toEqual(madePullRequest(20, 1))
  expect(createMaker(1).name()).toBe(createMaker(1).name())
})

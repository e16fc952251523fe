import { describe, expect, test } from 'vitest'
import { type Extent, UNKNOWN } from '#core/matrix/call-layer'
import {
  compareDeadline,
  compareKeyLifetime,
  type DeadlineFit,
  type KeyCover,
} from '#core/matrix/compare-budget'

describe('the longest wait, compared with a deadline', () => {
  test.each<[Extent | null, number | null, DeadlineFit]>([
    [9_999, 10, 'within'],
    [10_000, 10, 'exceeds'],
    [10_001, 10, 'exceeds'],
    ['endless', 10, 'exceeds'],
    [{ least: 1000, most: 9_999 }, 10, 'within'],
    [{ least: 1000, most: 10_000 }, 10, 'may-exceed'],
    [{ least: 9_999, most: null }, 10, 'may-exceed'],
    [UNKNOWN, 10, 'may-exceed'],
    [{ least: 10_000, most: 20_000 }, 10, 'exceeds'],
    [{ least: 10_000, most: null }, 10, 'exceeds'],
    [300, 0.5, 'within'],
    [1, null, 'unknown'],
    ['endless', null, 'unknown'],
    [null, 10, 'unknown'],
  ])('%j ms in %j s: %s', (answerMs, deadline, fit) => {
    expect(compareDeadline(answerMs, deadline)).toBe(fit)
  })

  test('a deadline that is no number of seconds is refused', () => {
    expect(() => compareDeadline(1, -1)).toThrow('the deadline in seconds: -1 is no amount')
  })
})

describe('the lifetime of an idempotency key, compared with the window of retries', () => {
  test.each<[Extent | null, Extent | null, KeyCover]>([
    [24, 72, 'too-short'],
    [72, 24, 'covers'],
    [24, 24, 'covers'],
    ['endless', 72, 'covers'],
    ['endless', UNKNOWN, 'covers'],
    [24, 'endless', 'too-short'],
    [24, { least: 1, most: 24 }, 'covers'],
    [24, { least: 1, most: 25 }, 'unknown'],
    [24, { least: 24, most: null }, 'unknown'],
    [24, { least: 25, most: null }, 'too-short'],
    [{ least: 24, most: null }, 72, 'unknown'],
    [{ least: 24, most: 48 }, 72, 'too-short'],
    [{ least: 24, most: 72 }, 72, 'unknown'],
    [24, null, 'unknown'],
    [null, 72, 'unknown'],
  ])('%j h for %j h: %s', (lifetime, window, cover) => {
    expect(compareKeyLifetime(lifetime, window)).toBe(cover)
  })
})

import { expect, test } from 'vitest'
import { nearest } from '#core/text/nearest'

test.each([
  ['mian', ['main', 'master'], 'main'],
  ['featur/pay', ['feature/pay', 'feature/play'], 'feature/pay'],
  ['MAIN', ['main'], 'main'],
  ['x', ['y'], 'y'],
  ['zzz', ['main'], null],
  ['', ['main'], null],
  ['x'.repeat(101), ['x'.repeat(101)], null],
])('%j among %j means %j', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected)
})

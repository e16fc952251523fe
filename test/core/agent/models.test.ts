import { expect, test } from 'vitest'
import { costOf, isPriced, priceOf, resolveModel } from '#core/agent/models'

test.each([
  ['opus', 'claude-opus-5-5'],
  ['Sonnet', 'claude-sonnet-5-5'],
  ['haiku', 'claude-haiku-5-5'],
  ['claude-opus-4-8', 'claude-opus-4-8'],
  ['qwen3-coder:30b', 'qwen3-coder:30b'],
])('%s stands for %s', (name, id) => {
  expect(resolveModel(name)).toBe(id)
})

test('inherit takes what the operator chose, and opus where nobody chose', () => {
  expect(resolveModel('inherit', 'sonnet')).toBe('claude-sonnet-5-5')
  expect(resolveModel('inherit')).toBe('claude-opus-5-5')
})

test('a call costs its tokens at the price of each kind', () => {
  const tokens = {
    inputTokens: 1_000,
    cacheReadTokens: 100_000,
    cacheWriteTokens: 10_000,
    outputTokens: 2_000,
  }
  // 1,000 × $4 + 100,000 × $0.20 + 10,000 × $5 + 2,000 × $20, per million
  expect(costOf('claude-opus-5-5', tokens)).toBeCloseTo(0.114, 6)
})

test('a long prompt of a model with two prices costs the higher one', () => {
  expect(priceOf('claude-haiku-5-5', 100_000).input).toBe(0.1)
  expect(priceOf('claude-haiku-5-5', 100_001).input).toBe(0.5)
})

test('a dated id costs what its name costs', () => {
  expect(priceOf('claude-haiku-4-5-20251001', 1)).toEqual(priceOf('claude-haiku-4-5', 1))
})

test('an unknown model costs the most of everything', () => {
  expect(isPriced('claude-next-9')).toBe(false)
  expect(priceOf('claude-next-9', 1)).toEqual({
    input: 10,
    cacheRead: 1,
    cacheWrite: 12.5,
    output: 50,
  })
})

import { describe, expect, test } from 'vitest'
import { fitSuggestion, withSuggestion } from '#core/findings/suggestion'

describe('a suggestion', () => {
  test('stays as it is where it stands where the lines stand', () => {
    expect(fitSuggestion('  await pay(order, key)', ['  await pay(order)'])).toBe(
      '  await pay(order, key)',
    )
  })

  test('that starts at the margin is moved to the lines that it replaces', () => {
    expect(fitSuggestion('if (ok) {\n  pay()\n}', ['    pay()'])).toBe(
      '    if (ok) {\n      pay()\n    }',
    )
    expect(fitSuggestion('if ok {\n\tpay()\n}', ['\tpay()'])).toBe('\tif ok {\n\t\tpay()\n\t}')
  })

  test.each([
    ['the same line', '  pay()'],
    ['the same line at the margin', 'pay()'],
    ['other space at the end', '  pay()  '],
    ['a line break more', '  pay()\n'],
    ['blank lines around', '\n  pay()\n\n'],
  ])('that says %s changes nothing', (_, text) => {
    expect(fitSuggestion(text, ['  pay()'])).toBeNull()
  })

  test('that rewrites a page is none', () => {
    expect(fitSuggestion('pay()\n'.repeat(80), ['pay()'])).toBeNull()
  })

  test('that removes lines is one', () => {
    expect(fitSuggestion('', ['console.log(secret)'])).toBe('')
  })
})

test('a file is put together around it', () => {
  const lines = ['one', 'two', 'three', 'four']
  expect(withSuggestion(lines, { startLine: 2, line: 3 }, 'TWO\nAND')).toBe('one\nTWO\nAND\nfour\n')
})

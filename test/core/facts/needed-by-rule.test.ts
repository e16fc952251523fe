import { describe, expect, test } from 'vitest'
import { isMetBy } from '#core/facts/need'
import { neededByRule } from '#core/facts/needed-by-rule'

const meets = (document: Readonly<Record<string, unknown>>, text: string) =>
  isMetBy(neededByRule(document), text.toLowerCase())

describe('a rule is left out where its words are missing', () => {
  test.each([
    ['of its pattern', { rule: { pattern: 'JSON.parse($BODY)' } }, 'text.parse()'],
    [
      'of what a variable must be',
      { rule: { pattern: '$CALLEE($$$ARGS)' }, constraints: { CALLEE: { regex: '^fetch$' } } },
      'post(url)',
    ],
    [
      'of what stands around it',
      { rule: { kind: 'string', inside: { pattern: 'charge($A)', stopBy: 'end' } } },
      'pay("x")',
    ],
    [
      'of every one of several rules',
      { rule: { all: [{ regex: 'retry' }, { has: { regex: 'stripe' } }] } },
      'retry(paypal)',
    ],
    [
      'of each of several choices',
      {
        rule: { any: [{ pattern: 'a.send()' }, { matches: 'taken' }] },
        utils: { taken: { regex: 'take' } },
      },
      'a.receive()',
    ],
  ])('%s', (_, document, text) => {
    expect(meets(document, text)).toBe(false)
  })
})

describe('nothing is concluded', () => {
  test.each([
    ['from what must not be there', { rule: { kind: 'call', not: { regex: 'timeout' } } }],
    ['from a choice without words', { rule: { any: [{ regex: 'stripe' }, { kind: 'string' }] } }],
    [
      'from a variable that only one choice binds',
      {
        rule: { any: [{ pattern: '$A()' }, { kind: 'string' }] },
        constraints: { A: { regex: 'stripe' } },
      },
    ],
    ['from a pattern that is read loosely', { rule: { pattern: { context: 'a.send()' } } }],
    ['from a rule that nobody wrote', { rule: { matches: 'elsewhere' } }],
    ['where a search may end', { rule: { kind: 'call', stopBy: { regex: 'stripe' } } }],
  ])('%s', (_, document) => {
    expect(meets(document, '')).toBe(true)
  })
})

test('a rule that speaks of itself is followed once', () => {
  const chain = { any: [{ regex: 'stripe' }, { has: { matches: 'chain' } }] }
  expect(meets({ rule: { matches: 'chain' }, utils: { chain } }, 'paypal')).toBe(true)
})

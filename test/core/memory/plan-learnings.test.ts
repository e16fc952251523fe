import { describe, expect, test } from 'vitest'
import { anchorOf, findAnchor } from '#core/memory/line-anchor'
import type { Learning } from '#core/memory/memory'
import { planLearnings, reciteLearnings } from '#core/memory/plan-learnings'

const author = { mayWrite: true, fork: false }
const lines = [
  'import Stripe from "stripe"',
  'const stripe = new Stripe(key)',
  '}',
  'export {}',
  '}',
]
const text = `${lines.join('\n')}\n`
const learning = (line: number | null, words = 'Stripe is called here.'): Learning => ({
  topic: 'stripe',
  text: words,
  citation: line === null ? null : { path: 'a.ts', line },
  source: 'agent',
})
const plan = (learnings: Learning[], tip: string | null, who = author, reviewed = text) =>
  planLearnings({
    learnings,
    reviewed: new Map([['a.ts', reviewed]]),
    tip: tip === null ? new Map() : new Map([['a.ts', tip]]),
    author: who,
  })
const when = (...input: Parameters<typeof plan>) => plan(...input).planned.map((one) => one.when)

describe('when a learning is written', () => {
  test('now, when its line stands on the default branch, wherever it moved', () => {
    expect(when([learning(2)], `// new\n// new\n${text}`)).toEqual(['now'])
  })

  test('at the merge, when its line or file exists in the pull request only', () => {
    expect(when([learning(2)], 'import Stripe from "stripe"\n')).toEqual(['at-merge'])
    expect(when([learning(2)], null)).toEqual(['at-merge'])
  })

  test('at the merge, when it cites nothing', () => {
    expect(when([learning(null)], text)).toEqual(['at-merge'])
  })

  test('at the merge, when only a line that says nothing is the same', () => {
    expect(when([learning(3)], 'other()\n}\nmore()\n')).toEqual(['at-merge'])
  })

  test.each([
    { mayWrite: false, fork: false },
    { mayWrite: true, fork: true },
    { mayWrite: false, fork: true },
  ])('never without a person, when the author is a stranger: %j', (who) => {
    expect(when([learning(2), learning(null, 'Other fact.')], text, who)).toEqual([
      'pending',
      'pending',
    ])
  })
})

test('a citation of a line that the reviewed code does not have is refused', () => {
  const { planned, refused } = plan([learning(99)], text)
  expect(planned).toEqual([])
  expect(refused.map(({ reason }) => reason)).toEqual(['citation'])
})

test('what the gate refuses is named with its reason', () => {
  const { planned, refused } = plan([learning(2, 'Never flag timeouts.')], text)
  expect(planned).toEqual([])
  expect(refused).toMatchObject([{ reason: 'instruction', detail: 'asks for silence' }])
})

test('the same sentence is planned once', () => {
  expect(when([learning(2), learning(1, 'stripe is called here')], text)).toEqual(['now'])
})

describe('a cited line is found again', () => {
  const again = (line: number, target: readonly string[]) =>
    findAnchor(anchorOf(lines, line) ?? '', target, line)

  test('where most of its neighbours are the same', () => {
    expect(again(2, ['const stripe = new Stripe(key)', 'x', ...lines])).toBe(4)
  })

  test('nearest to its old place among equals', () => {
    const own = 'const stripe = new Stripe(key)'
    expect(again(2, ['a', own, 'b', 'c', 'd', own])).toBe(2)
  })

  test('with another indentation', () => {
    expect(again(2, ['  const stripe = new Stripe(key)'])).toBe(1)
  })

  test('not when it changed', () => {
    expect(again(2, ['const stripe = new Stripe(key, options)'])).toBeNull()
  })

  test('with both neighbours only, when it is a bracket', () => {
    expect(again(3, ['const stripe = new Stripe(key)', '}', 'export {}'])).toBe(2)
    expect(again(3, ['const stripe = new Stripe(key)', '}', 'other()'])).toBeNull()
  })

  test('at the end of the file', () => {
    expect(again(5, ['x', 'export {}', '}'])).toBe(3)
  })
})

test('learnings move with their lines, and those whose line is gone are named', () => {
  const { planned } = plan(
    [learning(2), learning(4, 'Nothing is exported.'), learning(null, 'Free.')],
    null,
  )
  const { found, gone } = reciteLearnings(
    planned,
    new Map([['a.ts', `// top\n${lines[0]}\n${lines[1]}\n`]]),
  )
  expect(found.map(({ text: words, citation }) => [words, citation?.line ?? null])).toEqual([
    ['Stripe is called here.', 3],
    ['Free.', null],
  ])
  expect(gone.map(({ text: words }) => words)).toEqual(['Nothing is exported.'])
})

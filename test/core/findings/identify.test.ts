import { expect, test } from 'vitest'
import type { Claim } from '#core/findings/finding'
import { identify } from '#core/findings/identify'
import { changedFile, claim } from '../../support/builders.ts'

const at = (line: number, text = 'await stripe.charges.create(order)'): Partial<Claim> => ({
  line,
  startLine: line,
  evidence: [{ path: 'src/a.ts', side: 'RIGHT', line, text, redacted: false }],
})
const idOf = (one: Claim, files = [changedFile('src/a.ts', '')]) => identify([one], files).get(one)

test('an id has the form that commands accept', () => {
  expect(idOf(claim())).toMatch(/^tl-[0-9a-f]{12}$/)
})

test('a finding keeps its identity when lines shift', () => {
  expect(idOf(claim(at(3)))).toBe(idOf(claim(at(90))))
})

test('a finding keeps its identity when it is indented or reworded', () => {
  const plain = idOf(claim(at(3)))
  expect(idOf(claim(at(3, '    await  stripe.charges.create(order) ')))).toBe(plain)
  expect(idOf(claim({ ...at(3), title: 'Double charge', body: 'Other words.' }))).toBe(plain)
})

test('a finding keeps its identity when its file is renamed', () => {
  const before = claim({ path: 'src/old.ts' })
  const after = claim({ path: 'src/new.ts' })
  const renamed = changedFile('src/new.ts', '', { previousPath: 'src/old.ts', change: 'renamed' })
  expect(idOf(after, [renamed])).toBe(idOf(before, [changedFile('src/old.ts', '')]))
})

test.each([
  ['class', { class: 'timeout' as const }],
  ['provider', { provider: 'paypal' }],
  ['symbol', { symbol: 'refund' }],
  ['snippet', at(3, 'await stripe.refunds.create(order)')],
])('another %s is another finding', (_, change) => {
  expect(idOf(claim(change))).not.toBe(idOf(claim()))
})

test('equal findings are numbered in line order, whatever order they came in', () => {
  const [late, early, middle] = [claim(at(30)), claim(at(3)), claim(at(9))]
  const ids = identify([late, early, middle], [])
  const base = ids.get(early)
  expect([ids.get(middle), ids.get(late)]).toEqual([`${base}#2`, `${base}#3`])
})

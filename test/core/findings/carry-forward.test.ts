import { describe, expect, test } from 'vitest'
import { carryForward } from '#core/findings/carry-forward'
import type { Claim, Finding } from '#core/findings/finding'
import { firstPaths } from '#core/findings/first-paths'
import { placeOf } from '#core/findings/known-ids'
import { changedFile, claim, finding } from '../../support/builders.ts'

const LINE = 'await crm.deals.create(order)'
const judged = (more: Partial<Finding> = {}): Finding =>
  finding({
    ...{ source: 'agent', rule: null, proof: 'plausible', class: 'sync-consistency' },
    ...{
      path: 'src/crm.ts',
      startLine: 3,
      line: 3,
      severity: 'medium',
      title: 'Deals are made twice',
    },
    evidence: [{ path: 'src/crm.ts', side: 'RIGHT', line: 3, text: LINE, redacted: false }],
    ...more,
  })
const again = (more: Partial<Claim> = {}): Claim => {
  const { id: _, preExisting: __, placement: ___, ...said } = judged()
  return claim({ ...said, symbol: null, ...more })
}

interface Order {
  readonly earlier?: readonly Finding[]
  readonly claims?: readonly Claim[]
  readonly files?: Readonly<Record<string, readonly string[]>>
  readonly mended?: readonly string[]
  readonly isJudged?: boolean
}

function carry(order: Order) {
  const texts = order.files ?? { 'src/crm.ts': ['', '', LINE] }
  return carryForward({
    earlier: order.earlier ?? [judged()],
    claims: order.claims ?? [],
    files: Object.keys(texts).map((path) => changedFile(path, '')),
    firstPaths: new Map(),
    linesOf: (path) => texts[path] ?? null,
    isJudged: () => order.isJudged ?? true,
    mended: new Set(order.mended),
  })
}

describe('what the agent found earlier', () => {
  test('stays found where its line stands, though the agent forgot it', () => {
    const { claims, ids } = carry({})
    expect(claims).toMatchObject([{ title: 'Deals are made twice', line: 3 }])
    expect(ids.get(placeOf(claims[0] ?? again()))).toBe(judged().id)
  })

  test('moves with its line', () => {
    const { claims } = carry({ files: { 'src/crm.ts': ['', '', '', '', '', LINE] } })
    expect(claims).toMatchObject([{ startLine: 6, line: 6, evidence: [{ line: 6 }] }])
  })

  test('is gone when its line is gone and it is not found again', () => {
    expect(carry({ files: { 'src/crm.ts': ['', '', 'await queue.add(order)'] } }).claims).toEqual(
      [],
    )
  })

  test('stays listed when its line is gone and nobody looked at its file', () => {
    const files = { 'src/crm.ts': ['await queue.add(order)'] }
    const { claims, ids } = carry({ files, isJudged: false })
    expect(claims).toMatchObject([{ path: 'src/crm.ts', startLine: 1, line: 1, suggestion: null }])
    expect([...ids.values()]).toEqual([judged().id])
    const removed = [judged({ side: 'LEFT' })]
    expect(carry({ files, isJudged: false, earlier: removed }).claims).toEqual([])
  })

  test('is gone when its file is no part of the change any more', () => {
    expect(carry({ files: { 'src/other.ts': [LINE] } }).claims).toEqual([])
  })

  test('is gone when lines were cited that mend it', () => {
    expect(carry({ mended: [judged().id] }).claims).toEqual([])
  })

  test('is gone when another cited line changed and the agent looked at the file', () => {
    const retry = { path: 'src/retry.ts', side: 'RIGHT' as const, line: 9, text: 'retry(3)' }
    const earlier = [judged({ evidence: [...judged().evidence, { ...retry, redacted: false }] })]
    const files = { 'src/crm.ts': ['', '', LINE], 'src/retry.ts': ['retry(0)'] }
    expect(carry({ earlier, files }).claims).toEqual([])
    expect(carry({ earlier, files, isJudged: false }).claims).toHaveLength(1)
  })
})

describe('what is said again', () => {
  test('in other words keeps its words and its identity', () => {
    const reworded = again({ title: 'The order reaches the CRM two times', scenario: 'A restart.' })
    const { claims, ids } = carry({ claims: [reworded] })
    expect(claims).toMatchObject([{ title: 'Deals are made twice' }])
    expect([...ids.values()]).toEqual([judged().id])
  })

  test('of a line that was rewritten keeps its identity with the new words', () => {
    const text = 'await crm.deals.create({ ...order })'
    const evidence = [
      { path: 'src/crm.ts', side: 'RIGHT' as const, line: 4, text, redacted: false },
    ]
    const reworded = again({ title: 'Still twice', startLine: 4, line: 4, evidence })
    const { claims, ids } = carry({
      claims: [reworded],
      files: { 'src/crm.ts': ['', '', '', text] },
    })
    expect(claims).toMatchObject([{ title: 'Still twice', line: 4 }])
    expect([...ids.values()]).toEqual([judged().id])
  })

  test('as something graver is a finding of its own', () => {
    const { claims, ids } = carry({ claims: [again({ severity: 'critical' })] })
    expect(claims.map(({ severity }) => severity)).toEqual(['critical'])
    expect([...ids.values()]).toEqual([])
  })

  test('of another problem at the same line stands beside it', () => {
    const other = again({
      ...{ class: 'timeout', title: 'No time limit' },
      scenario: 'The CRM is silent and the worker waits for ever.',
    })
    expect(carry({ claims: [other] }).claims).toHaveLength(2)
  })

  test('what rules found is never carried: they find it again or not', () => {
    expect(carry({ earlier: [judged({ source: 'rule', rule: 'a/b' })] }).claims).toEqual([])
  })
})

describe('where a file was first seen', () => {
  const follow = (files: readonly string[], texts: Readonly<Record<string, readonly string[]>>) =>
    firstPaths({
      files: files.map((path) => ({ ...changedFile(path, ''), change: 'added' as const })),
      before: new Map([['src/crm.ts', 'src/old.ts']]),
      seen: new Set(['src/crm.ts']),
      findings: [judged()],
      linesOf: (path) => texts[path] ?? null,
    })

  test('is followed through a rename between two pushes, and through two', () => {
    expect([...follow(['src/deals.ts'], { 'src/deals.ts': ['x', LINE] })]).toEqual([
      ['src/deals.ts', 'src/old.ts'],
    ])
  })

  test('a file of the same name is preferred, and two equal ones are nobody’s heir', () => {
    const texts = { 'lib/crm.ts': [LINE], 'src/deals.ts': [LINE], 'src/more.ts': [LINE] }
    expect(follow(['lib/crm.ts', 'src/deals.ts'], texts).has('lib/crm.ts')).toBe(true)
    expect(follow(['src/deals.ts', 'src/more.ts'], texts).size).toBe(0)
  })

  test('a file without the lines is another file', () => {
    expect(follow(['src/deals.ts'], { 'src/deals.ts': ['nothing'] }).size).toBe(0)
  })
})

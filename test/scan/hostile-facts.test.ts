import { expect, test } from 'vitest'
import { HOSTILE_SOURCES } from './hostile-sources.ts'
import { ownScan } from './sample.ts'

const rows = Object.entries(HOSTILE_SOURCES).flatMap(([language, sources]) =>
  (['nested', 'chained', 'literal', 'broken'] as const).map(
    (trouble) => [trouble, language, sources] as const,
  ),
)

test.each(rows)(
  'a %s %s file ends within the limits, and the file beside it keeps its facts',
  async (trouble, _language, { path, good, [trouble]: text }) => {
    const scan = await ownScan({ cpuSeconds: 0 })
    const hostile = `hostile/${path}`
    const sources = [
      { path: hostile, text },
      { path: `good/${path}`, text: good },
    ]
    const { facts, scanned, failed } = await scan.facts(sources, 'inventory')
    const calls = facts.filter((fact) => fact.kind === 'call' && fact.path === `good/${path}`)
    expect(calls.map((fact) => fact.captures['callee'])).toEqual(['client.post'])
    expect([...scanned, ...failed.map((one) => one.path)].toSorted()).toEqual([
      `good/${path}`,
      hostile,
    ])
  },
  60_000,
)

import { expect } from 'vitest'
import type { HostileSources } from './hostile-sources.ts'
import { ownScan } from './sample.ts'

export type Trouble = 'nested' | 'chained' | 'literal' | 'broken'

/** Scans a hostile file beside a good one, with as little time as a scan can have. */
export async function expectGoodFacts(trouble: Trouble, sources: HostileSources): Promise<void> {
  const hostile = `hostile/${sources.path}`
  const good = `good/${sources.path}`
  const scan = await ownScan({ cpuSeconds: 0 })
  const { facts, scanned, failed } = await scan.facts(
    [
      { path: hostile, text: sources[trouble] },
      { path: good, text: sources.good },
    ],
    'inventory',
  )
  const calls = facts.filter((fact) => fact.kind === 'call' && fact.path === good)
  expect(calls.map((fact) => fact.captures['callee'])).toEqual([
    sources.path.endsWith('.php') ? '$client->post' : 'client.post',
  ])
  expect([...scanned, ...failed.map((one) => one.path)].toSorted()).toEqual([good, hostile])
}

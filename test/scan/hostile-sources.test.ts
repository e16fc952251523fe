import { expect, test } from 'vitest'
import { createScan } from '#scan/create-scan'
import { ownMatchers } from '../support/seen-facts.ts'
import { HOSTILE_SOURCES } from './hostile-sources.ts'

/** As little time as a scan can have: what is too much is met sooner. */
const scan = createScan({ matchers: ownMatchers, limits: { cpuSeconds: 0 } })
const TROUBLES = ['nested', 'chained', 'literal', 'broken'] as const

test.each(
  Object.entries(HOSTILE_SOURCES).flatMap(([language, sources]) =>
    TROUBLES.map((trouble) => [trouble, language, sources] as const),
  ),
)(
  'a %s %s file ends within the limits, and the file beside it keeps its facts',
  async (trouble, _language, sources) => {
    const hostile = `hostile/${sources.path}`
    const good = `good/${sources.path}`
    const { facts, scanned, failed } = await scan.facts(
      [
        { path: hostile, text: sources[trouble] },
        { path: good, text: sources.good },
      ],
      'inventory',
    )
    const calls = facts.filter(({ path, kind }) => path === good && kind === 'call')
    expect(calls.map(({ captures }) => captures['callee'])).toEqual([
      sources.path === 'a.php' ? '$client->post' : 'client.post',
    ])
    expect([...scanned, ...failed.map(({ path }) => path)].toSorted()).toEqual([good, hostile])
  },
  120_000,
)

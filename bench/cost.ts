import { PRICES_CHECKED } from '#core/agent/models'
import type { FileDiff } from '#core/diff/diff'
import { answered, contentsOf, createBench } from '../test/flow/review-bench.ts'
import { createModelWorld } from '../test/world/model/model-world.ts'
import { call, calling, finishing } from '../test/world/model/turns.ts'
import type { Case, Row } from './case.ts'

/** What a token costs that is written to the cache or read from it, in tokens that are neither. */
const WRITTEN = 1.25
const READ = 0.1
const TURNS = 12
/** Of a model's turns without a cache. */
const MOST = 0.25

function fileOf(path: string, count: number): FileDiff {
  const lines = Array.from({ length: count }, (_, n) => `+  await api.orders.create({ id: ${n} })`)
  const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: count, lines }
  return { path, previousPath: null, change: 'added', content: 'text', hunks: [hunk] }
}

/** A review of so many files by a model that reads for eleven turns, as the stand-in accounts it. */
async function costOf(name: string, files: number, lines: number): Promise<Row> {
  const diffs = Array.from({ length: files }, (_, n) => fileOf(`src/client${n}.ts`, lines))
  const texts = diffs.map(({ path, hunks: [hunk] }): [string, string] => [
    path,
    (hunk?.lines ?? []).map((line) => line.slice(1)).join('\n'),
  ])
  const selection = diffs.map(({ path }) => {
    const decided = { decision: 'selected' as const, score: 0.9 }
    return { path, ...decided, reasons: [], providers: [] }
  })
  const world = await createModelWorld({
    script: ({ messages }) => {
      const turn = messages.filter(({ role }) => role === 'assistant').length
      const path = `src/client${turn % files}.ts`
      if (turn === TURNS - 1 || messages.length === 0) return finishing()
      return calling(call('read_file', { path, offset: 1 + turn, limit: 40 }))
    },
  })
  try {
    const contents = contentsOf(Object.fromEntries(texts), {})
    const { usage } = answered(
      await createBench(world).ask({ files: diffs, selection }, { contents }),
    )
    const { inputTokens, cacheReadTokens, cacheWriteTokens } = usage
    const billed = inputTokens + WRITTEN * cacheWriteTokens + READ * cacheReadTokens
    const plain = inputTokens + cacheWriteTokens + cacheReadTokens
    const spent = `${cacheReadTokens} read from the cache, $${usage.usd.toFixed(3)} at the prices of ${PRICES_CHECKED}`
    return {
      name: `${usage.modelCalls} turns over ${name}`,
      figure: billed,
      unit: 'tokens',
      baseline: { name: `without a cache; ${spent}`, figure: plain },
      limit: { kind: 'ratio', most: MOST },
    }
  } finally {
    await world.close()
  }
}

/** What a review bills of the tokens that it sends, for three sizes. */
export const cost: Case = {
  sizes: async () => [
    await costOf('a small change', 1, 30),
    await costOf('a change of ordinary size', 8, 100),
    await costOf('300 files', 300, 40),
  ],
}

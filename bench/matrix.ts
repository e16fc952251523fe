import type { FileContent } from '#flow/ports'
import { readIntegrationCode } from '#flow/take-inventory'
import { takeMatrix } from '#flow/take-matrix'
import { createScan } from '#scan/create-scan'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import type { Case } from './case.ts'
import { createWriter, type Sort } from './made-code.ts'
import { createRandom } from './random.ts'

/** A repository of a few teams. */
const FILES = 6_000
const LINES = 120
const SEED = 7
const MOST_MS = 60_000
const TODAY = '2026-11-28'
/** One file in ten speaks to another system, as in the histories that the filter was measured on. */
const SORTS: readonly Sort[] = [
  ...['integration', 'domain', 'domain', 'domain', 'domain'],
  ...['domain', 'domain', 'python', 'python', 'go'],
] as const
const ENDINGS: Readonly<Partial<Record<Sort, string>>> = { python: 'py', go: 'go' }

/** What protects each call of a whole repository, from its files as they lie to the last cell. */
export const matrix: Case = {
  time: async () => {
    const loaded = await loadKnowledge(TODAY)
    const made = madeRepository()
    const scan = createScan({ matchers: loaded.matchers })
    const baseline = await timeOf(async () => {
      await readIntegrationCode(
        { scan, ...loaded.knowledge },
        { contents: made, at: 'head' },
        'matrix',
      )
    })
    let calls = 0
    const figure = await timeOf(async () => {
      calls = (await matrixOf(made, loaded)).calls.length
    })
    if (calls === 0) throw new Error('No call was found.')
    return [
      {
        name: `matrix of ${FILES} files, ${calls} calls, cold`,
        figure,
        unit: 'ms',
        baseline: { name: 'reading its facts', figure: baseline },
        limit: { kind: 'figure', most: MOST_MS },
      },
    ]
  },
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const matrixOf = (contents: ReturnType<typeof madeRepository>, loaded: Loaded) =>
  takeMatrix(
    { ...loaded.knowledge, scan: createScan({ matchers: loaded.matchers }) },
    { contents, at: 'head' },
  )

function madeRepository() {
  const random = createRandom(SEED)
  const writer = createWriter(random)
  const files = new Map<string, string>()
  for (let index = 0; index < FILES; index += 1) {
    const sort = SORTS[index % SORTS.length] ?? 'domain'
    const lines = Array.from({ length: LINES }, () => writer.line(sort))
    files.set(
      `src/${writer.name()}/${writer.name()}${index}.${ENDINGS[sort] ?? 'ts'}`,
      lines.join('\n'),
    )
  }
  return {
    read: async (paths: readonly string[]) =>
      new Map(paths.map((path): [string, FileContent] => [path, contentOf(files.get(path))])),
    list: async () => ({ paths: [...files.keys()], complete: true }),
  }
}

const contentOf = (text: string | undefined): FileContent =>
  text === undefined ? { kind: 'missing' } : { kind: 'text', text }

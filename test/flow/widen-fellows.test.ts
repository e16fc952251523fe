import { beforeAll, describe, expect, test } from 'vitest'
import { selectFiles } from '#core/filter/select-files'
import type { FileDecision } from '#core/filter/selection'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { FileContent } from '#flow/ports'
import { widen } from '#flow/widen-selection'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { changedFile } from '../support/builders.ts'

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadKnowledge('2026-11-22')
})

/** What becomes of one changed file of a repository, and what was read to decide it. */
async function decided(
  path: string,
  head: Readonly<Record<string, string>>,
): Promise<{ readonly one: FileDecision | undefined; readonly read: readonly string[] }> {
  const text = head[path] ?? ''
  const input = {
    files: [changedFile(path, `@@ -0,0 +1 @@\n+${text.split('\n')[0]}`)],
    sources: new Map([[path, text]]),
    catalog: loaded.knowledge.catalog,
    settings: DEFAULT_SETTINGS,
  }
  const read: string[] = []
  const { selection } = await widen(input, selectFiles(input), new Map(), {
    read: async (paths) => {
      read.push(...paths)
      return new Map(
        paths.map((one): [string, FileContent] => [one, { kind: 'text', text: head[one] ?? '' }]),
      )
    },
    list: async () => ({ paths: Object.keys(head), complete: true }),
  })
  return { one: selection[0], read }
}

const CLIENT = 'using System.Net.Http;\nclass C { HttpClient http; Task Go() => http.GetAsync(x); }'
const SHAPE = 'class Torrent { public long Id { get; set; } }'
const PLAIN = 'class Sum { int Add(int a, int b) => a + b; }'

describe('a file that says nothing itself', () => {
  test('is read in a folder that a client within it is named after, with the reason', async () => {
    const { one } = await decided('src/Hoard/TorrentState.cs', {
      'src/Hoard/HoardProxy.cs': CLIENT,
      'src/Hoard/TorrentState.cs': SHAPE,
      'src/Hoard/Sorter.cs': PLAIN,
    })
    expect(one?.decision).toBe('selected')
    expect(one?.reasons[0]?.detail).toBe(
      'in folder Hoard beside HoardProxy.cs, which uses System.Net.Http',
    )
  })

  test('is read as one of the shapes of data below such a folder', async () => {
    const path = 'src/Hoard/ResponseModels/TorrentState.cs'
    const { one } = await decided(path, { 'src/Hoard/HoardProxy.cs': CLIENT, [path]: SHAPE })
    expect(one?.decision).toBe('selected')
  })

  test('is not read where the folder is for all of a kind, or no fellow is a client', async () => {
    for (const head of [
      { 'src/Domain/DomainProxy.cs': CLIENT, 'src/Domain/Torrent.cs': SHAPE },
      { 'src/Hoard/HoardSorter.cs': PLAIN, 'src/Hoard/Torrent.cs': SHAPE },
      { 'src/Hoard/PlainProxy.cs': CLIENT, 'src/Hoard/Torrent.cs': SHAPE },
    ]) {
      const path = Object.keys(head).find((one) => one.endsWith('Torrent.cs')) ?? ''
      expect((await decided(path, head)).one?.decision, path).toBe('skipped')
    }
  })

  test('is not read for one client among many fellows', async () => {
    const sorters = ['A', 'B', 'C', 'D', 'E', 'F'].map(
      (name) => [`src/Hoard/Hoard${name}.cs`, PLAIN] as const,
    )
    const { one } = await decided('src/Hoard/Torrent.cs', {
      ...Object.fromEntries(sorters),
      'src/Hoard/HoardProxy.cs': CLIENT,
      'src/Hoard/Torrent.cs': SHAPE,
    })
    expect(one?.decision).toBe('skipped')
  })

  test('is not read for fellows of which only their common folder speaks', async () => {
    const { one } = await decided('src/exporters/rows.ts', {
      'src/exporters/exporters.ts': "import retry from 'p-retry'\nexport const run = retry(a)",
      'src/exporters/rows.ts': 'export const rows = 1',
    })
    expect(one?.decision).toBe('skipped')
  })

  test('costs a bounded number of fellows, and none where the folder tells nothing', async () => {
    const many = Array.from({ length: 60 }, (_, at) => [`src/Hoard/Hoard${at}.cs`, PLAIN] as const)
    const big = { ...Object.fromEntries(many), 'src/Hoard/Torrent.cs': SHAPE }
    expect((await decided('src/Hoard/Torrent.cs', big)).read.length).toBe(8)
    const other = { 'src/Hoard/Sorter.cs': PLAIN, 'src/Hoard/Torrent.cs': SHAPE }
    expect((await decided('src/Hoard/Torrent.cs', other)).read).toEqual([])
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { selectFiles } from '#core/filter/select-files'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { FileContent } from '#flow/ports'
import { widen } from '#flow/widen-selection'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { changedFile } from '../support/builders.ts'

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadKnowledge('2026-11-22')
})

/** What becomes of one changed file, of which the change adds the last line, in a repository. */
async function decided(path: string, head: Readonly<Record<string, string>>) {
  const text = head[path] ?? ''
  const lines = text.split('\n')
  const file = changedFile(path, `@@ -${lines.length},0 +${lines.length} @@\n+${lines.at(-1)}`)
  const input = {
    files: [file],
    sources: new Map([[path, text]]),
    catalog: loaded.knowledge.catalog,
    settings: DEFAULT_SETTINGS,
  }
  const { selection } = await widen(input, selectFiles(input), new Map(), {
    read: async (paths) =>
      new Map(
        paths.map((one): [string, FileContent] => [one, { kind: 'text', text: head[one] ?? '' }]),
      ),
    list: async () => ({ paths: Object.keys(head), complete: true }),
  })
  return selection[0]?.decision
}

const CLIENT = [
  "import { Beacon } from 'beacon-io'",
  'export const beacon = new Beacon({ token: process.env.BEACON_API_TOKEN, baseUrl: process.env.BEACON_API_URL })',
  'await beacon.send(1)',
].join('\n')

describe('a file that says nothing itself', () => {
  test('is read beside adapters of known systems, and not beside other code', async () => {
    const beside = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [`acme/runners/${name}.py`, 'x = 1']))
    const path = 'acme/runners/shelf.py'
    expect(await decided(path, beside(['hubspot', 'zendesk', 'stripe', 'shelf']))).toBe('selected')
    expect(await decided(path, beside(['orders', 'rows', 'stripe', 'shelf']))).toBe('skipped')
  })

  test('is read for calling a client that a module makes, and not for naming it', async () => {
    const head = (line: string) => ({
      'src/lib/beacon/client.ts': CLIENT,
      'src/lib/beacon/index.ts': "export * from './client'",
      'src/orders.ts': `import { beacon } from '@/lib/beacon'\n${line}`,
    })
    expect(await decided('src/orders.ts', head('await beacon.send(rows)'))).toBe('selected')
    expect(await decided('src/orders.ts', head('await keep(rows, beacon)'))).toBe('skipped')
  })

  test('is read where a client takes its types, and not where only a screen does', async () => {
    const head = (user: string) => ({
      'app/acme/entity/Status.kt':
        'package acme.entity\ndata class Status(@Json(name = "b") val c: String)',
      [user]:
        'package acme.net\nimport acme.entity.Status\nimport okhttp3.OkHttpClient\nimport retrofit2.http.GET\ninterface X { val http: OkHttpClient }',
    })
    expect(await decided('app/acme/entity/Status.kt', head('app/acme/net/BirdApi.kt'))).toBe(
      'selected',
    )
    expect(await decided('app/acme/entity/Status.kt', head('app/acme/net/Screen.kt'))).toBe(
      'skipped',
    )
  })
})

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as z from 'zod'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const BIOME = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')

const CORE = /^core imports core .*: ARCHITECTURE\.md\.$/
const FLOW = 'flow knows core and its own ports, no SDK and no edge: ARCHITECTURE.md.'
const GITHUB = "github knows core, flow's ports and octokit: ARCHITECTURE.md."
const STORE = "store knows core, flow's ports, Postgres, PGlite and pg-boss: ARCHITECTURE.md."
const MODEL = "model knows core, flow's ports and the Anthropic SDK: ARCHITECTURE.md."
const SCAN = "scan knows core, flow's ports, ast-grep and secretlint: ARCHITECTURE.md."
const LOCAL = "local knows core, flow's ports and git: ARCHITECTURE.md."
const WIRING = 'wiring plugs edges into flow; it opens no door and needs no SDK: ARCHITECTURE.md.'
const DOOR = 'doors go through wiring: ARCHITECTURE.md.'
const CYCLE = 'This import is part of a cycle.'

/** What is planted where, and what the checker says about it. */
const WRONG: readonly (readonly [room: string, imported: string, message: string | RegExp])[] = [
  ['core/diff', '#flow/ports', CORE],
  ['core/diff', 'node:fs', CORE],
  ['core/diff', 'node:fs/promises', CORE],
  ['core/diff', '../../github/client', CORE],
  ['core/diff', 'pg', CORE],
  ['core/rules', '#core/render/marker', CORE],
  ['core/rules', 'gray-matter', CORE],
  ['core/render', 'gray-matter', CORE],
  ['core/text', '#local/run-git', CORE],
  ['flow', '#github/client', FLOW],
  ['flow', '#wiring/environment', FLOW],
  ['flow', 'node:fs', FLOW],
  ['github', '#store/runs', GITHUB],
  ['github', '#flow/publish', GITHUB],
  ['github', 'node:child_process', GITHUB],
  ['github', 'probot', GITHUB],
  ['store', '#flow/review-pull-request', STORE],
  ['store', '#model/anthropic', STORE],
  ['model', '@octokit/rest', MODEL],
  ['model', '#server/door', MODEL],
  ['scan', '#local/run-git', SCAN],
  ['scan', '@anthropic-ai/sdk', SCAN],
  ['local', '#github/client', LOCAL],
  ['local', 'node:child_process', LOCAL],
  ['wiring', '#server/door', WIRING],
  ['wiring', '#cli/program', WIRING],
  ['wiring', '@anthropic-ai/sdk', WIRING],
  ['server', '#store/runs', DOOR],
  ['server', '#cli/program', DOOR],
  ['server', '#flow/publish', DOOR],
  ['cli', '#local/local-changes', DOOR],
  ['cli', '#server/door', DOOR],
]

const Answer = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      message: z.string(),
      location: z.object({ path: z.string() }),
    }),
  ),
})

// Each test starts the linter anew, and a machine under load takes its time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let tree = ''

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'tech-lead-law-'))
  for (const name of ['src', 'biome.json', 'package.json', 'tsconfig.json', '.gitignore']) {
    cpSync(join(HOME, name), join(tree, name), { recursive: true })
  }
})

afterAll(() => rmSync(tree, { recursive: true, force: true }))

/** What the linter that `npm run check` runs says about a path of the copied tree. */
function lint(path: string) {
  const run = spawnSync(process.execPath, [BIOME, 'lint', '--reporter=json', path], {
    cwd: tree,
    encoding: 'utf8',
  })
  const said = Answer.parse(JSON.parse(run.stdout)).diagnostics
  return { failed: run.status !== 0, said }
}

/** Writes files, lints the first one, and takes them away again. */
function plant(files: Readonly<Record<string, string>>) {
  const paths = Object.keys(files)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  const result = lint(paths[0] ?? '')
  for (const path of paths) rmSync(join(tree, path))
  return result
}

test('the tree as it stands obeys the import law', () => {
  expect(lint('src')).toEqual({ failed: false, said: [] })
})

test.each(WRONG)('a file of %s that imports %s is refused', (room, imported, message) => {
  const path = `src/${room}/planted.ts`
  const { failed, said } = plant({ [path]: `import '${imported}'\n` })
  expect(failed).toBe(true)
  expect(said).toEqual([
    {
      category: 'lint/style/noRestrictedImports',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      location: { path },
    },
  ])
})

test.each([
  ['a type', "import type { Log } from '#github/client'\nexport type Planted = Log\n"],
  ['a dynamic import', "export const planted = () => import('#github/client')\n"],
  ['a re-export', "export { createClient } from '#github/client'\n"],
])('%s across the law counts as an import', (_, text) => {
  const { failed, said } = plant({ 'src/flow/planted.ts': text })
  expect(failed).toBe(true)
  expect(said.map(({ message }) => message)).toContain(FLOW)
})

test('two files that import each other are refused, for a type as for a value', () => {
  const { failed, said } = plant({
    'src/core/diff/planted.ts':
      "import type { Other } from '#core/diff/planted-too'\nexport type Planted = Other[]\n",
    'src/core/diff/planted-too.ts':
      "import type { Planted } from '#core/diff/planted'\nexport type Other = Planted | null\n",
  })
  expect(failed).toBe(true)
  expect(said.map(({ message }) => message)).toEqual([CYCLE])
})

test('front matter has one wrapper, which may import its parser', () => {
  const path = 'src/core/text/front-matter.ts'
  expect(readFileSync(join(HOME, path), 'utf8')).toContain("from 'gray-matter'")
  expect(lint(path)).toEqual({ failed: false, said: [] })
})

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** An import of another room in every way that one can be written. */
const FORMS: readonly (readonly [form: string, text: string])[] = [
  ['a type', "import type { Log } from '#github/client'\nexport type Planted = Log\n"],
  ['a dynamic import', "export const planted = () => import('#github/client')\n"],
  ['a re-export', "export { createClient } from '#github/client'\n"],
]

const CIRCLE = {
  'src/core/diff/planted-one.ts':
    "import type { Other } from '#core/diff/planted-other'\nexport type Planted = Other[]\n",
  'src/core/diff/planted-other.ts':
    "import type { Planted } from '#core/diff/planted-one'\nexport type Other = Planted | null\n",
}

const wrongPath = (room: string, imported: string) =>
  `src/${room}/planted-${imported.match(/[a-z]+/g)?.join('-')}.ts`
const formPath = (form: string) => `src/flow/planted-${form.replaceAll(' ', '-')}.ts`

/** No planted file knows another one, but for the circle, so that each is judged for itself. */
const PLANTED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    WRONG.map(([room, imported]) => [wrongPath(room, imported), `import '${imported}'\n`]),
  ),
  ...Object.fromEntries(FORMS.map(([form, text]) => [formPath(form), text])),
  ...CIRCLE,
}

const Answer = z.object({
  diagnostics: z.array(
    z.object({
      severity: z.string(),
      category: z.string(),
      message: z.string(),
      location: z.object({ path: z.string() }),
    }),
  ),
})
type Said = z.infer<typeof Answer>['diagnostics']

// Each run of the linter reads the whole tree, and a machine under load takes its time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let tree = ''
let clean: { failed: boolean; said: Said }
let planted: { failed: boolean; said: Said }

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'tech-lead-law-'))
  for (const name of ['src', 'biome.json', 'package.json', 'tsconfig.json', '.gitignore']) {
    cpSync(join(HOME, name), join(tree, name), { recursive: true })
  }
  clean = lint('src')
  for (const [path, text] of Object.entries(PLANTED)) writeFileSync(join(tree, path), text)
  planted = lint(...Object.keys(PLANTED))
})

afterAll(() => rmSync(tree, { recursive: true, force: true }))

/** What the linter that `npm run check` runs says about paths of the copied tree. */
function lint(...paths: readonly string[]): { failed: boolean; said: Said } {
  const args = [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', ...paths]
  const run = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
  const said = Answer.parse(JSON.parse(run.stdout)).diagnostics
  return { failed: run.status !== 0, said }
}

const saidOf = (path: string) => planted.said.filter(({ location }) => location.path === path)

test('the tree as it stands obeys the import law', () => {
  expect(clean).toEqual({ failed: false, said: [] })
})

test('the linter fails for what is planted, and speaks of nothing else', () => {
  expect(planted.failed).toBe(true)
  expect(new Set(planted.said.map(({ location }) => location.path))).toEqual(
    new Set(Object.keys(PLANTED)),
  )
})

test.each(WRONG)('a file of %s that imports %s is refused', (room, imported, message) => {
  const path = wrongPath(room, imported)
  expect(saidOf(path)).toEqual([
    {
      severity: 'error',
      category: 'lint/style/noRestrictedImports',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      location: { path },
    },
  ])
})

test.each(FORMS)('%s across the law counts as an import', (form) => {
  expect(saidOf(formPath(form))).toContainEqual(
    expect.objectContaining({ severity: 'error', message: FLOW }),
  )
})

test('two files that import each other are refused, for a type as for a value', () => {
  for (const path of Object.keys(CIRCLE)) {
    expect(saidOf(path)).toEqual([expect.objectContaining({ severity: 'error', message: CYCLE })])
  }
})

test('front matter has one wrapper, which may import its parser', () => {
  const path = 'src/core/text/front-matter.ts'
  expect(readFileSync(join(HOME, path), 'utf8')).toContain("from 'gray-matter'")
  expect(clean.said.filter(({ location }) => location.path === path)).toEqual([])
})

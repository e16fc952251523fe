import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gather } from '#flow/gather'
import { select } from '#flow/select'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { OWN_PACK } from '../support/own-pack.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours } from './reach.ts'

let world: GitHubWorld
let loaded: Loaded
beforeAll(async () => {
  world = await createGitHubWorld()
  loaded = await loadKnowledge('2026-11-22')
})
afterAll(() => world.stop())

let count = 0
type Files = Readonly<Record<string, string>>

/** What is selected of a pull request with these files, and how often GitHub was asked for it. */
async function selected(main: Files, change: Files) {
  count += 1
  const repository = await world.createRepository({
    ...{ owner: `selecting-${count}`, name: 'shop', private: true, roles: { dev: 'write' } },
    files: { 'README.md': '# Shop\n', ...main },
  })
  await world.push(repository, 'work', { author: 'dev', files: change })
  const order = { repository, head: 'work', title: 'Work', author: 'dev' }
  const { reader } = ours(world, repository, (await world.openPullRequest(order)).number)
  world.journal.clear()
  await reader.opening()
  const scope = await select(await gather(reader.changes(), loaded))
  const calls = world.journal.calls().filter(({ caller }) => caller.kind === 'installation')
  return {
    paths: scope.files.map(({ path }) => path),
    calls: calls.map((call) => call.graphql ?? call.route),
  }
}

const HIDING = '*.ts linguist-generated\n'
const CHARGE = "import Stripe from 'stripe'\nexport const stripe = new Stripe(key)\n"
const DOUBTFUL = "import { stripe } from './charge'\nexport const port = 1\n"

describe('marks of generated files on GitHub', () => {
  test('that the pull request brings along hide nothing', async () => {
    const { paths } = await selected({}, { '.gitattributes': HIDING, 'src/pay.ts': CHARGE })
    expect(paths).toEqual(['src/pay.ts'])
  })

  test('that the pull request changes are those of the base', async () => {
    const change = { '.gitattributes': '# none\n', 'src/pay.ts': CHARGE }
    expect((await selected({ '.gitattributes': HIDING }, change)).paths).toEqual([])
  })

  test('that stood there before hold', async () => {
    const marked = await selected({ '.gitattributes': HIDING }, { 'src/pay.ts': CHARGE })
    expect(marked.paths).toEqual([])
  })
})

/** The check run is the fifth call of a review without anything in scope. */
describe('how often GitHub is asked, the check left out', () => {
  test('two times for prose alone', async () => {
    expect((await selected({}, { 'docs/guide.md': '# Guide\n' })).calls).toHaveLength(2)
  })

  test('four times for code that is not about integrations, marks of the base included', async () => {
    const main = { '.gitattributes': '*.lock linguist-generated\n', 'src/charge.ts': CHARGE }
    const { paths, calls } = await selected(main, { 'src/a.ts': DOUBTFUL })
    expect([paths, calls.length], calls.join('\n')).toEqual([[], 4])
  })

  test('once more for what doubtful files import, whatever they import', async () => {
    const modules = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`src/m${n}.ts`, `export const m${n} = ${n}\n`]),
    )
    const imports = Object.keys(modules).map((path) => `import '${path.replace('src', '.')}'\n`)
    const text = `export const retries = 3\n${imports.join('')}`
    const { paths, calls } = await selected(modules, { 'src/a.ts': text, 'src/b.ts': text })
    expect([paths, calls.length], calls.join('\n')).toEqual([[], 5])
  })
})

test('a provider that only the repository knows is known by its pack on the default branch', async () => {
  const client = "import { charge } from '@acme/pay'\nexport const pay = () => charge(1)\n"
  const settings = 'providers: [packs/acme.yml]\n'
  const main = { '.github/tech-lead.yml': settings, 'packs/acme.yml': OWN_PACK }
  expect((await selected(main, { 'src/charge.ts': client })).paths).toEqual(['src/charge.ts'])
  const theirs = await selected({}, { ...main, 'src/charge.ts': client })
  expect(theirs.paths).not.toContain('src/charge.ts')
})

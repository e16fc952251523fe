import { afterEach, describe, expect, test } from 'vitest'
import type { Report } from '#core/report/report'
import { reviewLocally } from '#wiring/wire-local'
import { createGitRepository, type GitRepository } from '../support/git-repository.ts'

const repositories: GitRepository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.dispose()
})

const HIDING = '*.ts linguist-generated\n'
const CALL =
  "import Stripe from 'stripe'\nconst s = new Stripe(key)\nawait s.charges.create({ amount })\n"

/** A repository with some files on main, and a branch on which a call to Stripe is added. */
function repositoryWith(files: Readonly<Record<string, string>>): GitRepository {
  const repo = createGitRepository()
  repositories.push(repo)
  repo.write('README.md', '#\n')
  for (const [path, text] of Object.entries(files)) repo.write(path, text)
  repo.commit('first')
  repo.branch('topic')
  repo.write('src/pay.ts', CALL)
  return repo
}

function review(repo: GitRepository, staged = false): Promise<Report> {
  const request = {
    directory: repo.directory,
    base: 'main',
    head: null,
    filesOnly: false,
    dumpPrompts: null,
    trajectory: null,
  }
  return reviewLocally({ ...request, staged, reviewer: 'rules' }, () => {})
}

const pay = (report: Report) => report.files.find(({ path }) => path === 'src/pay.ts')

describe('marks of generated files on this machine', { timeout: 60_000 }, () => {
  test.each(['committed', 'staged', 'not committed'])(
    'that the change brings along hide nothing: %s',
    async (how) => {
      const repo = repositoryWith({})
      repo.write('.gitattributes', HIDING)
      if (how === 'committed') repo.commit('second')
      if (how === 'staged') repo.git('add', '--all')
      const report = await review(repo, how === 'staged')
      expect(pay(report)).toMatchObject({ decision: 'selected', coverage: 'reviewed' })
      expect(report.findings.map(({ path }) => path)).toContain('src/pay.ts')
    },
  )

  test('that stood there before hold, unless the settings include the file', async () => {
    const marked = repositoryWith({ '.gitattributes': HIDING })
    marked.commit('second')
    expect(pay(await review(marked))?.reasons).toEqual([
      { signal: 'generated', detail: 'linguist-generated at base', line: null },
    ])
    const settings = { '.github/tech-lead.yml': 'paths:\n  include: [src/**]\n' }
    const included = repositoryWith({ '.gitattributes': HIDING, ...settings })
    included.commit('second')
    expect(pay(await review(included))?.decision).toBe('selected')
  })
})

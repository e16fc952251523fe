import { afterAll, beforeAll, expect, test } from 'vitest'
import { markdownReport } from '#core/render/markdown-report'
import type { Report } from '#core/report/report'
import { reviewLocally } from '#wiring/wire-local'
import { createGitRepository, type GitRepository } from '../support/git-repository.ts'

/** In the form of a token, and none. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`
let repo: GitRepository
let report: Report
beforeAll(async () => {
  repo = createGitRepository()
  repo.write('README.md', '# Shop\n')
  const base = repo.commit('first')
  repo.write(
    'app/push.py',
    `import requests

def push(order):
    # tech-lead-ignore call-without-timeout -- the proxy \`ends\` calls, ${TOKEN}
    requests.post("https://api.shop.io/orders", json=order).raise_for_status()

def pull():
    # tech-lead-ignore call-without-timeout
    requests.get("https://api.shop.io/orders").raise_for_status()
`,
  )
  repo.commit('second')
  const request = { directory: repo.directory, base, head: 'HEAD', staged: false }
  report = await reviewLocally(
    { ...request, reviewer: 'rules', filesOnly: false, dumpPrompts: null, trajectory: null },
    () => {},
  )
}, 60_000)
afterAll(() => repo.dispose())

test('what a comment silences with a reason is no finding, and stands in the notes', () => {
  expect(report.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ['call-without-timeout', 9],
    ['ignored-without-reason', 8],
  ])
  expect(report.notes.filter((note) => note.includes('is ignored by'))).toHaveLength(1)
  expect(markdownReport(report)).toContain(
    'call-without-timeout at app/push.py:5 is ignored by the comment in line 4: the proxy',
  )
})

test('the reason is a stranger’s: no secret of it is shown', () => {
  expect(JSON.stringify(report)).not.toContain(TOKEN)
})

import { expect, test } from 'vitest'
import { concludeCheck, openCheck } from '#flow/check-run'
import type { CheckOutput, CheckRun, PullRequest } from '#flow/ports'
import { fakeClock, fakeRun } from '../support/fake-run.ts'

const HEAD = 'a'.repeat(40)
const REVIEWING: CheckOutput = { conclusion: null, title: 'Reviewing', summary: 's' }
const REVIEWED: CheckOutput = { conclusion: 'success', title: 'Reviewed', summary: 's' }

/** The checks of one commit, and what was asked of them. */
function checks(known: readonly CheckRun[] = []) {
  const seen = [...known]
  const said: string[] = []
  const status: PullRequest['status'] = {
    ownChecks: async () => seen,
    async createCheck({ externalId, headSha, conclusion, title }) {
      said.push(`create ${title}`)
      const state = conclusion === null ? 'in_progress' : 'completed'
      seen.push({ id: 7, externalId, headSha, status: state })
      return 7
    },
    async updateCheck(id, { title }) {
      said.push(`update ${id} ${title}`)
    },
    react: async () => {},
  }
  return { status, said }
}

function needs(status: PullRequest['status']) {
  const clock = fakeClock()
  return { pull: { status }, run: fakeRun(clock), clock, visibilityMs: 1_000 }
}

test('a check that an earlier life of the store opened is concluded, not only found', async () => {
  const run = fakeRun(fakeClock())
  const { status, said } = checks([
    { id: 5, externalId: run.key, headSha: HEAD, status: 'in_progress' },
  ])
  await concludeCheck(needs(status), HEAD, REVIEWED)
  expect(said).toStrictEqual(['update 5 Reviewed'])
})

test('a check that is created with its conclusion needs no update', async () => {
  const { status, said } = checks()
  await concludeCheck(needs(status), HEAD, REVIEWED)
  expect(said).toStrictEqual(['create Reviewed'])
})

test('an open check is concluded once', async () => {
  const { status, said } = checks()
  const world = needs(status)
  await openCheck(world, HEAD, REVIEWING)
  await concludeCheck(world, HEAD, REVIEWED)
  await concludeCheck(world, HEAD, REVIEWED)
  expect(said).toStrictEqual(['create Reviewing', 'update 7 Reviewed'])
})

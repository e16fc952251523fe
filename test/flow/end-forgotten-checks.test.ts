import { describe, expect, test } from 'vitest'
import { endForgottenChecks, headsLeft } from '#flow/end-forgotten-checks'
import { reviewJob } from '../support/fake-run.ts'
import { fakePull, problem, QUIET } from './fake-pull.ts'

const LEFT = 'b'.repeat(40)
const NOW = 'c'.repeat(40)
const open = (id: number, headSha: string) => ({
  ...({ id, externalId: 'lost', headSha, status: 'in_progress', annotationCount: 0 } as const),
  ...{ conclusion: null, title: 'Reviewing', summary: '' },
})

function stage(known: readonly string[] = []) {
  const { world, pull } = fakePull()
  world.checks.push(open(1, LEFT), open(2, NOW), { ...open(3, LEFT), status: 'completed' })
  const asked: string[] = []
  const status = {
    ...pull.status,
    ownChecks: (head: string) => {
      asked.push(head)
      return pull.status.ownChecks(head)
    },
  }
  const runs = {
    pullsOf: async ({ head }: { head: string }) => (known.includes(head) ? [12] : []),
  }
  return { world, status, asked, needs: { runs, status, log: QUIET } }
}

describe('a check on a head that was left', () => {
  test('is ended when no run is known that could end it, and no other check is touched', async () => {
    const { world, needs } = stage()
    await endForgottenChecks(needs, reviewJob(), [LEFT, LEFT])
    expect(world.checks).toMatchObject([
      { id: 1, status: 'completed', conclusion: 'cancelled', title: 'Called off' },
      { id: 2, status: 'in_progress' },
      { id: 3, status: 'completed', title: 'Reviewing' },
    ])
    expect(world.writes).toHaveLength(1)
  })

  test('is left to its run when there is one, without a question to GitHub', async () => {
    const { world, asked, needs } = stage([LEFT])
    await endForgottenChecks(needs, reviewJob(), [LEFT])
    expect([world.writes, asked]).toEqual([[], []])
  })

  test('does not keep a review from its work when its commit is gone, but a limit does', async () => {
    const { needs, status } = stage()
    status.ownChecks = async () => Promise.reject(problem('github.not-found', 'gone'))
    await endForgottenChecks(needs, reviewJob(), [LEFT])
    status.ownChecks = async () => Promise.reject(problem('github.rate-limited', 'retry'))
    await expect(endForgottenChecks(needs, reviewJob(), [LEFT])).rejects.toThrow('rate-limited')
  })
})

test('the heads left are those that events named, without the one that is there now', () => {
  const job = reviewJob({ head: LEFT, earlier: [NOW, 'a'] })
  expect(headsLeft(job, NOW)).toEqual(['a', LEFT])
  expect(headsLeft(reviewJob({ head: '' }), NOW)).toEqual([])
  expect(headsLeft(reviewJob({ head: NOW }), NOW)).toEqual([])
})

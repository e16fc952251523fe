import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGitHubWorld, type GitHubWorld } from '../../world/github/world.ts'
import { createShop } from '../flawed-pull-request.ts'
import { isSettled, judge } from './verdict.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world?.stop())

test('a head without a review is lost, two checks of one head are one too many, an open one is open', async () => {
  const repository = await createShop(world, 'judged')
  const order = { repository, head: 'feature', title: 'Charge', author: 'dev' }
  const one = { repository, pull: await world.openPullRequest(order) }
  expect(isSettled(world, one)).toBe(false)
  expect((await judge(world, [one], [])).lost).toHaveLength(1)
  const check = { appId: world.app.id, name: 'ours', headSha: one.pull.head.sha }
  const first = world.addForeignCheck(repository, check)
  Object.assign(first.output, { title: 'Reviewed, 0 findings' })
  expect(await judge(world, [one], [])).toMatchObject({ lost: [], twice: [], open: [] })
  const second = world.addForeignCheck(repository, check)
  Object.assign(second, { status: 'in_progress', conclusion: null })
  const verdict = await judge(world, [one], ['a run spent $3'])
  expect([verdict.twice.length, verdict.open.length, verdict.spend.length]).toStrictEqual([1, 1, 1])
})

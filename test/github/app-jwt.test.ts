import { afterEach, expect, test } from 'vitest'
import { readSelf } from '#github/self'
import { stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { appOf, ours, pace, problemFrom } from './reach.ts'

const APP = 'GET /app'
const MINUTE_MS = 60_000
const worlds: GitHubWorld[] = []
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()))
})

async function worldOf() {
  const world = await createGitHubWorld()
  worlds.push(world)
  return { world, ...(await stage(world)) }
}

test.each([
  ['five minutes ahead of', -5],
  ['twenty minutes behind', 20],
  ['a day ahead of', -24 * 60],
])('a clock that is %s GitHub is corrected by its first refusal', async (_, minutes) => {
  const { world } = await worldOf()
  world.advance(minutes * MINUTE_MS)
  const app = appOf(world)
  expect(await readSelf(app)).toMatchObject({ appId: world.app.id })
  await readSelf(app)
  const answers = world.journal.requests(APP).map(({ status }) => status)
  expect(answers).toEqual([401, 200, 200])
  expect(world.violations).toEqual([])
})

test('a token is minted by the corrected clock, whatever asks first', async () => {
  const { world, repository, pull } = await worldOf()
  world.advance(-5 * MINUTE_MS)
  expect((await ours(world, repository, pull.number).reader.state()).open).toBe(true)
})

test('a clock that was set right meanwhile is believed again', async () => {
  const { world } = await worldOf()
  let aheadMs = 30 * MINUTE_MS
  const app = appOf(world, pace({ now: () => Date.now() + aheadMs }))
  await readSelf(app)
  aheadMs = 0
  expect(await readSelf(app)).toMatchObject({ appId: world.app.id })
})

test('a key that stays refused is made twice and no more', async () => {
  const { world } = await worldOf()
  world.fault(APP, { kind: 'unauthorized' }, 99)
  expect(await problemFrom(readSelf(appOf(world)))).toMatchObject({ code: 'github.unauthorized' })
  expect(world.journal.requests(APP)).toHaveLength(2)
})

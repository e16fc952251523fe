import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { FLAWED } from './shop.ts'
import { appComments, checked, createStage, reactions, type Stage } from './told-story.ts'

vi.setConfig({ testTimeout: 45_000 })

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
}, 60_000)
afterAll(() => stage?.close(), 30_000)

const ASK = '/tech-lead review'

test("a stranger's change in a public repository waits, and says so in the check alone", async () => {
  const scene = await stage.scene({ author: 'stranger' })
  const seen = await scene.until(checked(/Waiting for a maintainer/), 'a check that waits')
  expect(seen.checks.map((check) => [check.conclusion, check.status])).toEqual([
    ['neutral', 'completed'],
  ])
  expect([seen.reviews.length, seen.comments.length]).toEqual([0, 0])
})

test('a maintainer who asks gets one review of that head, and of no later one', async () => {
  const { world } = stage
  const scene = await stage.scene({ author: 'stranger' })
  await scene.until(checked(/Waiting/), 'a check that waits')
  world.comment(scene.repository, scene.pull.number, 'maintainer', ASK)
  const reviewed = await scene.until(
    (seen) => reactions(seen, ASK).includes('rocket'),
    'a review on demand',
  )
  expect(reviewed.reviews).toHaveLength(1)
  expect(reactions(reviewed, ASK)).toEqual(expect.arrayContaining(['eyes', 'rocket']))
  expect(checked(/Reviewed, 2 findings/)(reviewed)).toBe(true)

  await world.push(scene.repository, 'work', {
    author: 'stranger',
    files: { 'src/more.ts': "fetch('https://api.stripe.com/v1/charges', { method: 'POST' })\n" },
  })
  const pushed = await scene.until(checked(/Waiting for a maintainer/), 'the new head waits again')
  expect(pushed.reviews).toHaveLength(1)
})

test('a push that the app was not told of before the command has to be asked for again', async () => {
  const { world } = stage
  const scene = await stage.scene({ author: 'stranger' })
  await scene.until(checked(/Waiting/), 'a check that waits')
  const muted = world.state.emit
  world.state.emit = () => undefined
  await world.push(scene.repository, 'work', {
    author: 'stranger',
    files: { 'src/charge.ts': `${FLAWED['src/charge.ts']}// more\n` },
  })
  world.state.emit = muted
  world.comment(scene.repository, scene.pull.number, 'maintainer', ASK)
  const first = await scene.until(checked(/Waiting/), 'the new head waits')
  expect([first.reviews.length, reactions(first, ASK)]).toEqual([0, ['confused']])

  const again = `${ASK} full`
  world.comment(scene.repository, scene.pull.number, 'maintainer', again)
  const second = await scene.until((seen) => seen.reviews.length > 0, 'the review asked for again')
  expect(second.reviews[0]?.commit).toBe(second.headSha)
})

test.each(['stranger', 'reader'])(
  'a command by a %s is refused with a reaction and no words',
  async (by) => {
    const scene = await stage.scene({ author: 'stranger' })
    await scene.until(checked(/Waiting/), 'a check that waits')
    stage.world.comment(scene.repository, scene.pull.number, by, ASK)
    const seen = await scene.until((page) => reactions(page, ASK).length > 0, 'a reaction')
    expect(reactions(seen, ASK)).toEqual(['confused'])
    expect([seen.reviews.length, appComments(seen).length]).toEqual([0, 0])
    expect(checked(/Waiting/)(seen)).toBe(true)
  },
)

test('a stranger in a private repository is reviewed like a colleague', async () => {
  const scene = await stage.scene({ author: 'guest', private: true })
  const seen = await scene.until(checked(/Reviewed, 2 findings/), 'a review')
  expect(seen.reviews).toHaveLength(1)
})

test('the policy `auto` reviews strangers in public too', async () => {
  const scene = await stage.scene({ author: 'stranger', settings: 'review:\n  outsiders: auto\n' })
  expect((await scene.until(checked(/Reviewed/), 'a review')).reviews).toHaveLength(1)
})

test('a change from a fork is reviewed through the base repository alone', async () => {
  const { world } = stage
  const scene = await stage.scene({ author: 'dev', files: { 'README.md': '# hi\n' } })
  const fork = await world.fork(scene.repository, 'stranger')
  await world.push(fork, 'idea', { author: 'stranger', files: { ...FLAWED } })
  const pull = await world.openPullRequest({
    ...{ repository: scene.repository, fork, head: 'idea', title: 'Idea', author: 'stranger' },
  })
  await world.webhooks.idle()
  world.comment(scene.repository, pull.number, 'maintainer', ASK)
  await vi.waitFor(
    async () => {
      const seen = await world.conversation(scene.repository, pull)
      expect(seen.reviews).toHaveLength(1)
    },
    { timeout: 20_000, interval: 100 },
  )
  expect(world.journal.entries.filter((entry) => entry.path.includes('/repos/stranger/'))).toEqual(
    [],
  )
})

test('nothing that was sent breaks the published contract of GitHub', () => {
  expect(stage.world.violations).toEqual([])
})

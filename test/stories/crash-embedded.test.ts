import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectReviewedOnce, mark, openFlawed, settled } from '../faults/flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage, storedPlans } from '../faults/machine.ts'
import { createModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage(await embeddedHome())
  await stage.machine.start()
}, 60_000)
afterAll(() => stage?.close())

const POINTS = [
  ['C0', 'before a delivery was stored'],
  ['C0b', 'after a delivery was stored and before it was acknowledged'],
  ['C4b', 'after the check was opened and before its number was recorded'],
  ['C10b', 'after the review was posted and before that was recorded'],
  ['C12b', 'after the memory was committed and before that was recorded'],
  ['C13a', 'after everything was posted and before the check was concluded'],
] as const

test.each(POINTS)(
  'killed at %s, %s, everything happens once',
  async (point) => {
    const { world, machine } = stage
    const order = () => machine.order('kill', point)
    const one = await openFlawed(world, `shop-${point}`, { order })
    await machine.ended()
    const since = mark(world)
    await machine.start()
    await settled(world, one, since, 30_000)
    await expectReviewedOnce(world, one)
  },
  60_000,
)

test('killed at C8b, after the plan was frozen, it is posted as it stands and no model is asked', async () => {
  const { world, machine } = stage
  const model = await createModelWorld({ script: scriptedReviewer })
  await machine.stop()
  await machine.start({ ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl })
  const order = () => machine.order('kill', 'C8b')
  const one = await openFlawed(world, 'shop-c8b', { order })
  await machine.ended()
  const plan = (await storedPlans(machine.home)).at(-1)
  const calls = model.journal.length
  const since = mark(world)
  await machine.start({ ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl })
  await settled(world, one, since)
  expect(calls).toBeGreaterThan(0)
  expect(model.journal).toHaveLength(calls)
  const seen = await world.conversation(one.repository, one.pull)
  const marker = /\n\n<!-- tech-lead:[^>]* -->$/
  expect(seen.reviews.map(({ body }) => body.replace(marker, ''))).toStrictEqual([
    plan?.review?.body,
  ])
  expect(seen.reviews.flatMap(({ comments }) => comments.map(({ body }) => body))).toStrictEqual(
    plan?.review?.comments.map(({ body }) => body),
  )
  expect(seen.comments.map(({ body }) => body.replace(marker, ''))).toStrictEqual([
    plan?.summary.body,
  ])
  expect(seen.checks.map(({ title, summary }) => ({ title, summary }))).toStrictEqual([
    { title: plan?.check.title, summary: plan?.check.summary },
  ])
  expect(world.violations).toStrictEqual([])
  expect(model.violations).toStrictEqual([])
  await model.close()
}, 60_000)

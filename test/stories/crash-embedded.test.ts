import { afterAll, beforeAll, test } from 'vitest'
import {
  createStage,
  embeddedHome,
  expectReviewedOnce,
  mark,
  openFlawed,
  type Stage,
  settled,
} from '../faults/crash-story.ts'

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

import { expect, test } from 'vitest'
import { eventually } from '../../support/server-process.ts'
import {
  asked,
  type Case,
  expectReviewedOnce,
  mark,
  openFlawed,
  ownChecks,
  settled,
} from '../flawed-pull-request.ts'
import type { Stage } from '../machine.ts'
import { type Cell, STEPS, WRITES } from './cells.ts'

type WithStage = (play: (stage: Stage) => Promise<void>) => Promise<void>

let cases = 0
function shopName(): string {
  cases += 1
  return `matrix-${cases}`
}

/** GitHub's limits are waited out to the second, and a dead connection for twenty of them. */
const LIMIT_MS = 120_000

/** Plays each cell; whatever went wrong, people see the effects of one review. */
export function playCells(cells: readonly Cell[], withStage: WithStage): void {
  test.each(cells)('$name while $step: everything happens once', ({ step, fault }) =>
    withStage(async ({ world }) => {
      const order = () => world.fault(STEPS[step], fault)
      const one = await openFlawed(world, shopName(), { order })
      await settled(world, one, 0, LIMIT_MS)
      expect(world.faults.waiting()).toStrictEqual([])
      await expectReviewedOnce(world, one)
    }),
  )
}

/** A server that is told to stop in the middle of a step, and started again. */
export function playStops(withStage: WithStage): void {
  test.each(WRITES)('told to stop while %s: everything happens once', (step) =>
    withStage(async ({ world, machine }) => {
      const stop = () => void machine.server().child.kill('SIGTERM')
      const order = () => world.fault(STEPS[step], { kind: 'meanwhile', run: stop })
      const one = await openFlawed(world, shopName(), { order })
      await machine.ended()
      expect(await machine.server().exited).toBe(0)
      const since = mark(world)
      await machine.start()
      if (!isDone(world, one)) await settled(world, one, since, LIMIT_MS)
      await settled(world, one, 0, LIMIT_MS)
      await expectReviewedOnce(world, one)
    }),
  )
}

function isDone(world: Stage['world'], one: Case): boolean {
  return ownChecks(world, one).some(({ status }) => status === 'completed')
}

const FORBIDDEN = {
  kind: 'status',
  status: 403,
  body: { message: 'Resource not accessible by integration' },
} as const
const GONE = { kind: 'status', status: 404, body: { message: 'Not Found' } } as const
const EVER = 1_000

/** Refusals that stay: what can still be done is done, and nothing is tried for ever. */
export function playRefusals(onStage: WithStage): void {
  const withStage: WithStage = (play) =>
    onStage((stage) => play(stage).finally(() => stage.world.faults.clear()))
  test('a limit that one review meets holds back all of the installation', () =>
    withStage(async ({ world, machine }) => {
      const limit = { kind: 'secondary-limit', retryAfter: 10 } as const
      const order = () => world.fault(STEPS['opening the check'], limit)
      const { log } = machine.server()
      const before = log().length
      const first = await openFlawed(world, shopName(), { order })
      const put = () => log().slice(before).includes('GitHub asked to wait')
      await eventually(put, 'the review is put off', LIMIT_MS)
      const met = world.journal.entries.findLast((entry) => entry.fault === limit.kind)?.at ?? 0
      const second = await openFlawed(world, shopName())
      await settled(world, second, 0, LIMIT_MS)
      const [begun] = asked(world, second)
      expect((begun?.at ?? 0) - met).toBeGreaterThan(7_000)
      await settled(world, first, 0, LIMIT_MS)
      for (const one of [first, second]) await expectReviewedOnce(world, one)
    }))

  test('a check that may not be opened: the review is posted without one', () =>
    withStage(async ({ world }) => {
      const order = () => world.fault(STEPS['opening the check'], FORBIDDEN, EVER)
      const one = await openFlawed(world, shopName(), { order })
      await eventually(() => one.pull.reviews.length > 0, 'the review is posted', LIMIT_MS)
      const committed = () =>
        world.journal.entries.some(
          ({ graphql, body }) =>
            graphql === STEPS['committing the memory'] &&
            JSON.stringify(body).includes(`acme/${one.repository.name}"`),
        )
      await eventually(committed, 'the memory is committed', LIMIT_MS)
      world.faults.clear()
      const seen = await world.conversation(one.repository, one.pull)
      expect([seen.reviews.length, seen.threads.length, seen.checks.length]).toEqual([1, 3, 0])
    }))

  test('a review that may not be posted: its findings stand in the check', () =>
    withStage(async ({ world }) => {
      const order = () => world.fault(STEPS['posting the review'], FORBIDDEN, EVER)
      const one = await openFlawed(world, shopName(), { order })
      await settled(world, one, 0, LIMIT_MS)
      world.faults.clear()
      expect(one.pull.reviews).toHaveLength(0)
      const [check, ...others] = ownChecks(world, one)
      expect(others).toStrictEqual([])
      expect(check?.status).toBe('completed')
      expect(check?.output.summary).toMatch(/src\/charge\.ts/)
    }))

  test('comments that GitHub will not place: one review holds them in its text', () =>
    withStage(async ({ world }) => {
      const fault = {
        kind: 'status',
        status: 422,
        body: { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] },
      } as const
      const order = () => world.fault(STEPS['posting the review'], fault)
      const one = await openFlawed(world, shopName(), { order })
      await settled(world, one, 0, LIMIT_MS)
      const seen = await world.conversation(one.repository, one.pull)
      expect([seen.reviews.length, seen.threads.length]).toEqual([1, 0])
      expect(seen.reviews[0]?.body).toMatch(/src\/charge\.ts/)
      expect(seen.checks.map(({ status }) => status)).toEqual(['completed'])
    }))

  test.each(WRITES.filter((step) => step !== 'committing the memory'))(
    'a repository that is gone while %s: the review is given up and the next one runs',
    (step) =>
      withStage(async ({ world }) => {
        const order = () => world.fault(STEPS[step], GONE, EVER)
        const one = await openFlawed(world, shopName(), { order })
        const tried = () => asked(world, one).filter(({ route }) => route === STEPS[step]).length
        await eventually(() => tried() > 0, 'it is tried', LIMIT_MS)
        world.faults.clear()
        const after = await openFlawed(world, shopName())
        await settled(world, after, 0, LIMIT_MS)
        await expectReviewedOnce(world, after)
        expect(tried()).toBeLessThan(5)
        expect(one.pull.reviews.length).toBeLessThan(2)
      }),
  )
}

import { expect, test } from 'vitest'
import { at, repositoryClient } from '../world/github/client.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'
import type { Script } from '../world/model/turns.ts'
import {
  asked,
  type Case,
  expectReviewedOnce,
  MENDED,
  mark,
  openFlawed,
  ownChecks,
  settled,
} from './flawed-pull-request.ts'
import type { Stage } from './machine.ts'

/** Points at which the process is killed by an order, while one pull request is reviewed. */
const ORDERED = [
  ['C0', 'before a delivery is stored'],
  ['C0b', 'after a delivery is stored and before it is acknowledged'],
  ['C1', 'after the run is claimed'],
  ['C4a', 'after the check is intended and before it is sent'],
  ['C4b', 'after the check is opened and before its number is recorded'],
  ['C8a', 'before the plan is frozen'],
  ['C8b', 'after the plan is frozen'],
  ['C10a', 'after the review is intended and before it is sent'],
  ['C10b', 'after the review is posted and before that is recorded'],
  ['C10a-summary', 'after the summary is intended and before it is sent'],
  ['C10b-summary', 'after the summary is posted and before that is recorded'],
  ['C12a', 'after the memory commit is intended and before it is sent'],
  ['C12b', 'after the memory is committed and before that is recorded'],
  ['C13a', 'after everything is posted and before the check is concluded'],
  ['C13b', 'after the check is concluded and before that is recorded'],
  ['C14', 'before the run is recorded as done'],
  ['C14-job', 'after the run is done and before its job is'],
] as const

/** Requests in the middle of which the process is killed. */
const REQUESTS = [
  ['C5-compare', 'GET /repos/{owner}/{repo}/compare/{basehead}'],
  ['C5-tree', 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'],
  ['C9-gate', 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'],
  ['C12-tip', 'GET /repos/{owner}/{repo}/git/ref/{ref}'],
] as const

const POST_REVIEW = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'

/** Starts the machine again after it was killed, and waits until the review is over. */
async function recover(
  { world, machine }: Stage,
  one: Case,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await machine.ended()
  const since = mark(world)
  await machine.start(env)
  await settled(world, one, since, 90_000)
}

/** One pull request whose process is killed at a point; the machine runs again afterwards. */
async function killedAt(stage: Stage, point: string): Promise<Case> {
  const order = () => stage.machine.order('kill', point)
  const one = await openFlawed(stage.world, `shop-${point}`, { order })
  await recover(stage, one)
  return one
}

/** Plays with a server that asks a model; the machine is without one again afterwards. */
async function withModel(
  { machine }: Stage,
  script: Script,
  play: (model: ModelWorld, env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const model = await createModelWorld({ script })
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  await machine.stop()
  await machine.start(env)
  await play(model, env)
  expect(model.violations).toStrictEqual([])
  await machine.stop()
  await machine.start()
  await model.close()
}

/** The table of crashes, row by row, on whatever store the stage has. */
export function crashTable(withStage: (play: (stage: Stage) => Promise<void>) => Promise<void>) {
  test.each(ORDERED)('killed at %s, %s, everything happens once', (point) =>
    withStage(async (stage) => {
      await expectReviewedOnce(stage.world, await killedAt(stage, point))
    }),
  )

  test.each(REQUESTS)('killed at %s, in the middle of %s, everything happens once', (name, route) =>
    withStage(async (stage) => {
      const { world, machine } = stage
      const order = () => {
        world.fault(route, { kind: 'meanwhile', run: () => machine.server().kill() })
      }
      const one = await openFlawed(world, `shop-${name}`, { order })
      await recover(stage, one)
      await expectReviewedOnce(world, one)
    }),
  )

  test('killed at C3, after the reaction, the command has one reaction of each kind', () =>
    withStage(async (stage) => {
      const { world, machine } = stage
      const one = await openFlawed(world, 'shop-c3', { draft: true })
      await world.webhooks.idle()
      machine.order('kill', 'C3')
      world.comment(one.repository, one.pull.number, 'dev', '/tech-lead review')
      await recover(stage, one)
      const seen = await expectReviewedOnce(world, one)
      const said = seen.comments.find(({ author }) => author === 'dev')
      expect([...(said?.reactions ?? [])].sort()).toStrictEqual(['eyes', 'rocket'])
    }))

  test('killed at C7, while the model thinks, the review happens once', () =>
    withStage(async (stage) => {
      const { world, machine } = stage
      let turns = 0
      const script: Script = (request) => {
        turns += 1
        if (turns === 2) machine.server().child.kill('SIGKILL')
        return scriptedReviewer(request)
      }
      await withModel(stage, script, async (model, env) => {
        const one = await openFlawed(world, 'shop-c7')
        await recover(stage, one, env)
        const seen = await world.conversation(one.repository, one.pull)
        expect(seen.checks.map(({ status }) => status)).toStrictEqual(['completed'])
        expect(seen.reviews).toHaveLength(1)
        expect(seen.comments).toHaveLength(1)
        expect(seen.defaultBranch).toHaveLength(2)
        const begun = model.journal.filter(({ request }) => request?.messages.length === 1)
        expect(begun).toHaveLength(2)
        expect(world.violations).toStrictEqual([])
      })
    }))

  test('killed at C8b, after the plan was frozen, no model is asked again', () =>
    withStage(async (stage) => {
      const { world, machine } = stage
      await withModel(stage, scriptedReviewer, async (model, env) => {
        const order = () => machine.order('kill', 'C8b')
        const one = await openFlawed(world, 'shop-c8b-model', { order })
        await machine.ended()
        const calls = model.journal.length
        expect(calls).toBeGreaterThan(0)
        await recover(stage, one, env)
        expect(model.journal).toHaveLength(calls)
        expect((await world.conversation(one.repository, one.pull)).reviews).toHaveLength(1)
      })
    }))

  test('C10c: a review that the lists hide for a while is waited for, not posted again', () =>
    withStage(async (stage) => {
      const { world, machine } = stage
      const order = () => {
        world.fault(POST_REVIEW, { kind: 'hide', lists: 3 })
        machine.order('kill', 'C10b')
      }
      const one = await openFlawed(world, 'shop-c10c', { order })
      await recover(stage, one, { TECH_LEAD_VISIBILITY_MS: '60000' })
      await expectReviewedOnce(world, one)
      expect(asked(world, one).filter(({ route }) => route === POST_REVIEW)).toHaveLength(1)
    }))

  test('C10d: a pending review that was left over makes way', () =>
    withStage(async (stage) => {
      const { world, machine } = stage
      const order = () => machine.order('kill', 'C10a')
      const one = await openFlawed(world, 'shop-c10d', { order })
      await machine.ended()
      const client = await repositoryClient(world, one.repository)
      const pull_number = one.pull.number
      await client.rest.pulls.createReview({ ...at(one.repository), pull_number, body: 'half' })
      expect(one.pull.reviews.map(({ state }) => state)).toStrictEqual(['PENDING'])
      await recover(stage, one)
      await expectReviewedOnce(world, one)
    }))

  test('killed at C11, after one thread was resolved, all of ours are and no other is touched', () =>
    withStage(async (stage) => {
      const { world, machine } = stage
      const one = await openFlawed(world, 'shop-c11')
      await settled(world, one)
      const { repository, pull } = one
      await world.review(repository, pull, 'dev', {
        body: 'One question',
        comments: [{ path: 'src/charge.ts', line: 3, side: 'RIGHT', body: 'Why here?' }],
      })
      await world.webhooks.idle()
      machine.order('kill', 'C11')
      const files = { 'src/charge.ts': MENDED }
      await world.push(repository, 'feature', { author: 'dev', message: 'mend', files })
      await recover(stage, one)
      const seen = await world.conversation(repository, pull)
      const ours = seen.threads.filter(({ comments }) => comments[0]?.author === world.bot.login)
      const theirs = seen.threads.filter(({ comments }) => comments[0]?.author === 'dev')
      expect(ours.map(({ isResolved, comments }) => [isResolved, comments.length])).toStrictEqual([
        [true, 1],
        [true, 1],
        [true, 1],
      ])
      expect(theirs.map(({ isResolved, comments }) => [isResolved, comments.length])).toStrictEqual(
        [[false, 1]],
      )
      expect(ownChecks(world, one).map(({ status }) => status)).toStrictEqual([
        'completed',
        'completed',
      ])
      expect(seen.reviews.filter(({ author }) => author === world.bot.login)).toHaveLength(1)
      expect(seen.comments).toHaveLength(1)
      expect(world.violations).toStrictEqual([])
    }))

  test.each([3, 5])(
    'C12c: while the branch moves %i times, nothing is lost and one commit is made',
    (times) =>
      withStage(async (stage) => {
        const { world } = stage
        let moved = 0
        const one = await openFlawed(world, `shop-c12c-${times}`, {
          order: () => {
            const run = async () => {
              moved += 1
              const files = { [`notes/${moved}.md`]: `${moved}\n` }
              await world.push(one.repository, 'main', { author: 'dev', message: 'note', files })
            }
            world.fault(
              'GET /repos/{owner}/{repo}/git/ref/{ref}',
              { kind: 'meanwhile', run },
              times,
            )
          },
        })
        await settled(world, one)
        const seen = await expectReviewedOnce(world, one)
        expect(seen.defaultBranch.filter(({ message }) => message === 'note')).toHaveLength(times)
        expect(moved).toBe(times)
      }),
  )
}

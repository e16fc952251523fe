import { cp, mkdir, rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, WEBHOOK_SECRET } from '../support/server-process.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'
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
import { createStage, embeddedHome, type Stage } from './machine.ts'

let stage: Stage
let model: ModelWorld
beforeAll(async () => {
  model = await createModelWorld({ script: scriptedReviewer })
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  stage = await createStage(await embeddedHome(), env)
  await stage.machine.start()
})
afterAll(async () => {
  await stage?.close()
  await model?.close()
})

test('a server that is told to stop during a review hands it back and exits with 0', async () => {
  const { world, machine } = stage
  model.interrupt({ kind: 'hang' })
  const before = model.journal.length
  const one = await openFlawed(world, 'stopped')
  await eventually(() => model.journal.length > before, 'the model is asked')
  const stopping = performance.now()
  expect(await machine.stop()).toBe(0)
  expect(performance.now() - stopping).toBeLessThan(10_000)
  expect(one.pull.reviews).toHaveLength(0)
  const since = mark(world)
  await machine.start()
  await settled(world, one, since)
  const seen = await world.conversation(one.repository, one.pull)
  expect(seen.reviews).toHaveLength(1)
  expect(seen.comments).toHaveLength(1)
  expect(seen.checks.map(({ status }) => status)).toStrictEqual(['completed'])
  expect(world.violations).toStrictEqual([])
})

test('a push during a review calls it off and closes its check, however long the next one takes', async () => {
  const { world } = stage
  model.interrupt({ kind: 'hang' }, { kind: 'hang' })
  const before = model.journal.length
  const one = await openFlawed(world, 'pushed')
  const pushed = (name: string) =>
    world.push(one.repository, 'feature', { author: 'dev', files: { [`docs/${name}.md`]: 'a\n' } })
  const conclusionAt = (head: string) =>
    ownChecks(world, one).find(({ headSha }) => headSha === head)?.conclusion ?? null
  await eventually(() => model.journal.length === before + 1, 'the model is asked')
  const first = one.pull.head.sha
  const second = await pushed('second')
  await eventually(() => model.journal.length === before + 2, 'the model is asked again')
  await eventually(() => conclusionAt(first), 'the first check is closed', 15_000)
  const third = await pushed('third')
  await eventually(() => conclusionAt(second), 'the second check is closed', 15_000)
  await settled(world, one)
  const seen = await world.conversation(one.repository, one.pull)
  expect([first, second].map(conclusionAt)).toStrictEqual(['cancelled', 'cancelled'])
  expect(seen.reviews.map(({ commit }) => commit)).toStrictEqual([third])
  expect(ownChecks(world, one)).toHaveLength(3)
  expect(world.violations).toStrictEqual([])
})

test('a store that is lost after everything was posted leads to no second post', async () => {
  const { world, machine } = stage
  await machine.stop()
  await machine.start({ ANTHROPIC_API_KEY: '' })
  const one = await openFlawed(world, 'lost')
  await settled(world, one)
  await expectReviewedOnce(world, one)
  const check = ownChecks(world, one)[0]?.output.title
  await machine.server().kill()
  await rm(machine.home.dataDir, { recursive: true, force: true })
  await mkdir(machine.home.dataDir)
  const since = mark(world)
  await machine.start({ ANTHROPIC_API_KEY: '' })
  await settled(world, one, since)
  await expectReviewedOnce(world, one)
  expect(ownChecks(world, one)[0]?.output.title).toBe(check)
  const writes = asked(world, one, since).filter(
    ({ method, graphql }) => method === 'POST' && graphql?.startsWith('query') !== true,
  )
  expect(writes.map(({ route, graphql }) => graphql ?? route)).toStrictEqual([])
})

const RULES_ALONE = { ANTHROPIC_API_KEY: '' }

test('a store that was restored from before five reviews leads to no second post', async () => {
  const { world, machine } = stage
  await machine.stop()
  const { dataDir } = machine.home
  const backup = `${dataDir}.backup`
  await cp(dataDir, backup, { recursive: true })
  await machine.start(RULES_ALONE)
  const cases: Case[] = []
  for (let index = 0; index < 5; index += 1)
    cases.push(await openFlawed(world, `restored-${index}`))
  for (const one of cases) await settled(world, one)
  await machine.server().kill()
  await rm(dataDir, { recursive: true })
  await cp(backup, dataDir, { recursive: true })
  await rm(backup, { recursive: true })
  const since = mark(world)
  await machine.start(RULES_ALONE)
  for (const one of cases) {
    await settled(world, one, since)
    await expectReviewedOnce(world, one)
  }
})

test('a webhook secret that was changed leads to no second post, and deliveries of before it are taken', async () => {
  const { world, machine } = stage
  const one = await openFlawed(world, 'rotated')
  await settled(world, one)
  await expectReviewedOnce(world, one)
  await machine.stop()
  await machine.start({
    ...RULES_ALONE,
    WEBHOOK_SECRET: 'another secret of more than thirty-two characters',
    WEBHOOK_SECRET_OLD: WEBHOOK_SECRET,
  })
  const files = { 'src/charge.ts': MENDED }
  await world.push(one.repository, 'feature', { author: 'dev', message: 'mend', files })
  await settled(world, one)
  const seen = await world.conversation(one.repository, one.pull)
  expect(seen.comments).toHaveLength(1)
  expect(seen.reviews).toHaveLength(1)
  expect(seen.threads.map(({ isResolved }) => isResolved)).toEqual([true, true, true])
  expect(world.violations).toStrictEqual([])
})

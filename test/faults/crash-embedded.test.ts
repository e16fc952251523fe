import { mkdir, rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from './crash-table.ts'
import { MENDED, mark, openFlawed, ownChecks, settled } from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

// One machine for the whole table: each crash leaves a store that the next row starts from.
let stage: Stage
beforeAll(async () => {
  stage = await createStage(await embeddedHome())
  await stage.machine.start()
})
afterAll(() => stage?.close())

crashTable((play) => play(stage))

test('killed at C8b with the store gone and a push after: no check of the head that was left stays open', async () => {
  const { world, machine } = stage
  const order = () => machine.order('kill', 'C8b')
  const one = await openFlawed(world, 'shop-forgotten', { order })
  await machine.ended()
  expect(ownChecks(world, one).map(({ status }) => status)).toEqual(['in_progress'])
  await rm(machine.home.dataDir, { recursive: true })
  await mkdir(machine.home.dataDir)
  const files = { 'src/charge.ts': MENDED }
  await world.push(one.repository, 'feature', { author: 'dev', message: 'mend', files })
  const since = mark(world)
  await machine.start()
  await settled(world, one, since, 120_000)
  const checks = ownChecks(world, one).map(({ headSha, status, conclusion }) => ({
    ...{ head: one.pull.heads.indexOf(headSha), status, conclusion },
  }))
  expect(checks).toEqual([
    { head: 0, status: 'completed', conclusion: 'cancelled' },
    { head: 1, status: 'completed', conclusion: 'success' },
  ])
})

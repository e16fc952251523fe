import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresMissing, startPostgres } from '../../support/postgres.ts'
import { expectReviewedOnce, openFlawed, settled } from '../flawed-pull-request.ts'
import { createMachine, createStage, postgresHome, replicaOf, type Stage } from '../machine.ts'
import { CELLS, STEPS, VISIBLE_CELLS, WRITES } from './cells.ts'
import { playCells, playRefusals, playStops } from './play-matrix.ts'

const missing = postgresMissing()
const AWAY_MS = 1_500

describe.skipIf(missing)(missing ? `on Postgres (skipped: ${missing})` : 'on Postgres', () => {
  let server: PostgresServer
  let stage: Stage
  beforeAll(async () => {
    server = await startPostgres()
    stage = await createStage(await postgresHome(server, 'matrix'))
    await stage.machine.start()
  })
  afterAll(async () => {
    await stage?.close()
    await server?.stop()
  })

  playCells(CELLS, (play) => play(stage))
  playStops((play) => play(stage))
  playRefusals((play) => play(stage))

  test.each(WRITES)('the store is away while %s: everything happens once', async (step) => {
    const { world } = stage
    let back: Promise<void> = Promise.resolve()
    const run = async () => {
      await server.crash()
      back = new Promise((resolve) => setTimeout(resolve, AWAY_MS)).then(server.restart)
    }
    const order = () => world.fault(STEPS[step], { kind: 'meanwhile', run })
    const one = await openFlawed(world, `away-${WRITES.indexOf(step)}`, { order })
    await settled(world, one, 0, 150_000)
    await back
    expect(world.faults.waiting()).toStrictEqual([])
    await expectReviewedOnce(world, one)
  })
})

describe.skipIf(missing)('two replicas on one database', () => {
  let server: PostgresServer
  let stage: Stage
  let other: Awaited<ReturnType<typeof createMachine>>
  beforeAll(async () => {
    server = await startPostgres()
    stage = await createStage(await postgresHome(server, 'replicas'))
    other = await createMachine(stage.world, replicaOf(stage.machine.home))
    await Promise.all([stage.machine.start(), other.start()])
  })
  afterAll(async () => {
    await other?.stop()
    await stage?.close()
    await server?.stop()
  })

  playCells(VISIBLE_CELLS, (play) => play(stage))
  playStops((play) => play(stage))
})

import { afterAll, beforeAll } from 'vitest'
import { createStage, embeddedHome, type Stage } from '../machine.ts'
import { CELLS } from './cells.ts'
import { playCells, playRefusals, playStops } from './play-matrix.ts'

// One server for the whole matrix: what a fault leaves behind, the next cell starts from.
let stage: Stage
beforeAll(async () => {
  stage = await createStage(await embeddedHome())
  await stage.machine.start()
})
afterAll(() => stage?.close())

playCells(CELLS, (play) => play(stage))
playStops((play) => play(stage))
playRefusals((play) => play(stage))

import { afterAll, beforeAll } from 'vitest'
import { crashTable } from './crash-table.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

// One machine for the whole table: each crash leaves a store that the next row starts from.
let stage: Stage
beforeAll(async () => {
  stage = await createStage(await embeddedHome())
  await stage.machine.start()
})
afterAll(() => stage?.close())

crashTable((play) => play(stage))

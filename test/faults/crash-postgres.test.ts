import { afterAll, beforeAll, describe } from 'vitest'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { crashTable } from './crash-table.ts'
import { createStage, postgresHome } from './machine.ts'

const missing = postgresMissing()

describe.skipIf(missing)(missing ? `on Postgres (skipped: ${missing})` : 'on Postgres', () => {
  let server: PostgresServer
  let databases = 0
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())

  // A dead worker is noticed after a while, so the rows wait side by side, each on its own database.
  describe.concurrent('side by side', () => {
    crashTable(async (play) => {
      databases += 1
      const stage = await createStage(await postgresHome(server, `crash_${databases}`))
      await stage.machine.start()
      await play(stage)
      await stage.close()
    })
  })
})

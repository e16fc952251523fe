import { expect, test } from 'vitest'
import { postgresMissing } from '../../support/postgres.ts'
import type { Order } from './order.ts'
import { reportOf } from './report.ts'
import { play } from './storm.ts'
import { faultsOf } from './verdict.ts'

const MINUTES = 60_000

/** Two minutes of what `npm run chaos` does for twenty. */
const ORDER: Order = {
  store: 'postgres',
  seed: 11,
  stormMs: 2 * MINUTES,
  drainMs: 6 * MINUTES,
  repositories: 4,
  pulls: 12,
  replicas: 2,
  killEveryMs: 20_000,
  visibilityMs: 5_000,
  gitHubFaults: 0.1,
  modelFaults: 0.3,
  loseStore: false,
}

async function expectNoFault(order: Order): Promise<void> {
  const after = await play(order)
  expect(after.kills).toBeGreaterThan(2)
  expect(after.tally.get('delivery lost')).toBeGreaterThan(0)
  expect(faultsOf(after.verdict), reportOf(after)).toBe(0)
}

const missing = postgresMissing()

test.skipIf(missing)(
  'two replicas on Postgres, killed and lied to for two minutes, lose nothing and do nothing twice',
  () => expectNoFault(ORDER),
  15 * MINUTES,
)

test(
  'one replica whose store is deleted in the middle loses nothing and does nothing twice',
  () =>
    expectNoFault({
      ...ORDER,
      store: 'embedded',
      seed: 12,
      replicas: 1,
      pulls: 8,
      loseStore: true,
    }),
  15 * MINUTES,
)

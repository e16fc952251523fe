import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setup, teardown } from '../../support/run-folder-setup.ts'
import type { Order } from './order.ts'
import { reportOf } from './report.ts'
import { play } from './storm.ts'
import { faultsOf } from './verdict.ts'

const MINUTE_MS = 60_000

/** Reads the command line; what is not said is the large run. */
function orderOf(args: readonly string[]): Order & { readonly logs: string | null } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      store: { type: 'string', default: 'postgres' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '20' },
      drain: { type: 'string', default: '15' },
      pulls: { type: 'string' },
      repositories: { type: 'string', default: '30' },
      'lose-store': { type: 'boolean', default: false },
      logs: { type: 'string' },
    },
  })
  const store = values.store === 'embedded' ? 'embedded' : 'postgres'
  return {
    store,
    seed: Number(values.seed),
    stormMs: Number(values.minutes) * MINUTE_MS,
    drainMs: Number(values.drain) * MINUTE_MS,
    repositories: Number(values.repositories),
    pulls: Number(values.pulls ?? (store === 'embedded' ? 100 : 300)),
    replicas: store === 'embedded' ? 1 : 2,
    killEveryMs: 20_000,
    visibilityMs: 5_000,
    gitHubFaults: 0.1,
    modelFaults: 0.3,
    loseStore: values['lose-store'],
    logs: values.logs ?? null,
  }
}

const order = orderOf(process.argv.slice(2))
setup()
try {
  const after = await play(order)
  process.stdout.write(reportOf(after))
  if (order.logs !== null) {
    for (const [index, log] of after.logs.entries()) {
      writeFileSync(`${order.logs}-${index}.log`, log)
    }
  }
  process.exitCode = faultsOf(after.verdict) === 0 ? 0 : 1
} finally {
  teardown()
}

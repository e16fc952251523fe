import { rename, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { processorTime } from '../../../bench/doors/processor-time.ts'
import { embeddedDataDir } from '../../support/embedded-data-dir.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { createGitHubWorld, type GitHubWorld } from '../../world/github/world.ts'
import { createModelWorld } from '../../world/model/model-world.ts'
import type { Case } from '../flawed-pull-request.ts'
import { embeddedHome, type Home, postgresHome, readStore } from '../machine.ts'
import { type Crew, createCrew } from './crew.ts'
import type { Order } from './order.ts'
import { act, buildRepositories } from './people.ts'
import { openPostOffice } from './post-office.ts'
import { isSettled, judge, type Verdict } from './verdict.ts'
import { disturbedReviewer, disturbGitHub, type Tally } from './weather.ts'

const USD_PER_REVIEW = 1
const USD_PER_DAY = 40
const LOOK_MS = 1_000
/** Nothing may be asked of GitHub for so long before all is over. */
const QUIET_MS = 10_000

/** What a storm came to. */
export interface Aftermath {
  readonly order: Order
  readonly verdict: Verdict
  readonly cases: number
  readonly heads: number
  readonly kills: number
  readonly tally: ReadonlyMap<string, number>
  readonly requests: number
  readonly drainedMs: number
  /** Milliseconds of processor time by process. */
  readonly processorTime: Readonly<Record<string, number>>
  readonly usd: number
  /** The replicas' own words, for whoever looks for the cause of a fault. */
  readonly logs: readonly string[]
}

/** Plays a storm, lets it drain, and judges what is left. */
export async function play(order: Order): Promise<Aftermath> {
  const postgres = order.store === 'postgres' ? await startPostgres() : null
  const home = postgres === null ? await embeddedHome() : await postgresHome(postgres, 'storm')
  const world = await createGitHubWorld()
  // The limits of an hour have their own story; here the hour is made of other faults.
  world.allowHourly(1_000_000)
  try {
    return await playIn(order, world, home, postgres)
  } finally {
    await world.stop()
    await postgres?.stop()
  }
}

async function playIn(
  order: Order,
  world: GitHubWorld,
  home: Home,
  postgres: PostgresServer | null,
): Promise<Aftermath> {
  const tally: Tally = new Map()
  const weather = { over: false }
  const model = await createModelWorld({
    script: disturbedReviewer(order, tally, () => weather.over),
  })
  const repositories = await buildRepositories(world, order)
  const crew = await createCrew(world, order, home, {
    ANTHROPIC_API_KEY: model.apiKey,
    ANTHROPIC_BASE_URL: model.baseUrl,
    TECH_LEAD_VISIBILITY_MS: String(order.visibilityMs),
    TECH_LEAD_LEASE_MS: '5000',
    TECH_LEAD_MAX_USD_PER_REVIEW: String(USD_PER_REVIEW),
    TECH_LEAD_MAX_USD_PER_DAY: String(USD_PER_DAY),
  })
  disturbGitHub(world, order, tally, () => weather.over)
  const [first = '', ...others] = crew.machines.map(({ webhookUrl }) => webhookUrl)
  const post = openPostOffice(world, order, [first, ...others], tally)
  const begun = performance.now()
  const torment = crew.torment()
  const lose = loseStore(order, crew, home)
  const cases = await act(world, order, repositories)
  await sleep(Math.max(0, order.stormMs - (performance.now() - begun)))
  await Promise.all([torment.stop(), lose])
  weather.over = true
  post.behave()
  // Whoever leads after this looks at once for what was lost.
  await crew.restart()
  const drainedMs = await drain(world, order, cases)
  const times = {
    replicas: crew.processorTime(),
    'stand-ins and harness': (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
    ...(postgres === null ? {} : { Postgres: processorTime(postgres.pid(), true) }),
  }
  await post.stop()
  await crew.stop()
  await model.close()
  const { wrong, usd } = await spendOf(home)
  return {
    order,
    verdict: await judge(world, cases, [...wrong, ...model.violations]),
    cases: cases.length,
    heads: cases.reduce((sum, { pull }) => sum + pull.heads.length, 0),
    kills: crew.kills(),
    tally,
    requests: world.journal.entries.length,
    drainedMs,
    processorTime: times,
    usd,
    logs: crew.machines.map(({ server }) => server().log()),
  }
}

/** In the middle of the storm the folder with everything that the product knows goes away. */
async function loseStore(order: Order, crew: Crew, home: Home): Promise<void> {
  if (!order.loseStore) return
  await sleep(order.stormMs / 2)
  await crew.restart(async () => {
    await rm(home.dataDir, { recursive: true, force: true })
    // Without a table, as a new one; only that making one takes seconds.
    await rename((await embeddedDataDir()).path, home.dataDir)
  })
}

/** Waits until every pull request is settled and nothing is asked any more; how long it took. */
async function drain(world: GitHubWorld, order: Order, cases: readonly Case[]): Promise<number> {
  const begun = performance.now()
  const lasted = () => performance.now() - begun
  let seen = world.journal.entries.length
  let quietSince = performance.now()
  let settledMs = order.drainMs
  while (lasted() < order.drainMs) {
    await sleep(LOOK_MS)
    const now = world.journal.entries.length
    if (now !== seen) quietSince = performance.now()
    seen = now
    const settled = cases.every((one) => isSettled(world, one))
    if (!settled) settledMs = order.drainMs
    else if (settledMs === order.drainMs) settledMs = lasted()
    if (settled && performance.now() - quietSince > QUIET_MS) break
  }
  return settledMs
}

const Spent = z.object({ scope: z.string(), usd: z.coerce.number() })

/** What was spent, and what went over its ceiling. */
async function spendOf(home: Home): Promise<{ wrong: readonly string[]; usd: number }> {
  const found = await readStore(
    home,
    'select scope, sum(reserved + settled) / 1e6 as usd from budgets group by scope',
  )
  const spent = found.map((row) => Spent.parse(row))
  const ceilingOf = (scope: string) => (scope.startsWith('run:') ? USD_PER_REVIEW : USD_PER_DAY)
  return {
    wrong: spent
      .filter(({ scope, usd }) => usd > ceilingOf(scope) + 0.000_001)
      .map(({ scope, usd }) => `${scope} spent $${usd}`),
    usd: spent.find(({ scope }) => scope === 'all')?.usd ?? 0,
  }
}

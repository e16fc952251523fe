import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createShop } from '../test/faults/flawed-pull-request.ts'
import { setup, teardown } from '../test/support/run-folder-setup.ts'
import type { Repository } from '../test/world/github/state.ts'
import type { GitHubWorld } from '../test/world/github/world.ts'
import { type Case, MB, type Row } from './case.ts'
import { type Letter, trickle } from './doors/load.ts'
import { answeringGitHub, letters, type Standing, stand } from './doors/standing.ts'

const ROUNDS = 10
const DELIVERIES = 1_000
const REVIEWS = 30
/** Rounds after which everything that is loaded or kept once is there. */
const WARM_UP = 3
const PER_SECOND = 200
const LONGEST_ROUND_MS = 10 * 60_000
/** Of what is in use after the warm-up. */
const MOST = 1.25

/** The memory of one process over ten thousand deliveries and three hundred reviews. */
export const memory: Case = {
  'one-process': async () => {
    setup()
    const world = await answeringGitHub()
    const post = await letters(world)
    const standing = await stand('embedded', world)
    standing.receiveFrom(world)
    try {
      const shop = await createShop(world, 'memory')
      const seen: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        await playRound(world, shop, { standing, post, round })
        seen.push(residentBytes(standing.pid) / MB)
      }
      return rowsOf(seen)
    } finally {
      await standing.stop()
      await world.stop()
      teardown()
    }
  },
}

interface Round {
  readonly standing: Standing
  readonly post: readonly Letter[]
  readonly round: number
}

/** A thousand deliveries, and thirty reviews to their end meanwhile. */
async function playRound(
  world: GitHubWorld,
  shop: Repository,
  { standing, post, round }: Round,
): Promise<void> {
  const forMs = (DELIVERIES / PER_SECOND) * 1_000
  const arriving = trickle(standing.port, post, { perSecond: PER_SECOND, forMs })
  for (let index = 0; index < REVIEWS; index += 1) {
    const branch = `pay-${round}-${index}`
    const files = { [`src/${branch}.ts`]: `export const a = () => fetch('https://a.example')\n` }
    await world.push(shop, branch, { author: 'dev', files })
    const order = { repository: shop, head: branch, title: branch, author: 'dev' }
    await world.openPullRequest(order)
  }
  const { refused } = await arriving
  if (refused > 0) throw new Error(`${refused} deliveries were refused`)
  await reviewed(world, shop, (round + 1) * REVIEWS)
}

async function reviewed(world: GitHubWorld, shop: Repository, count: number): Promise<void> {
  const until = performance.now() + LONGEST_ROUND_MS
  const done = () =>
    shop.checkRuns.filter((run) => run.appId === world.app.id && run.status === 'completed').length
  while (done() < count) {
    if (performance.now() > until) throw new Error(`only ${done()} of ${count} were reviewed`)
    await sleep(200)
  }
}

/** What the process holds in memory, in bytes; Linux only. */
function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024
}

function rowsOf(seen: readonly number[]): readonly Row[] {
  const warm = seen[WARM_UP - 1] ?? Number.NaN
  return seen.map((figure, index) => ({
    name: `resident after ${(index + 1) * DELIVERIES} deliveries, ${(index + 1) * REVIEWS} reviews`,
    figure,
    unit: 'MB',
    baseline: { name: `after ${WARM_UP * DELIVERIES} and ${WARM_UP * REVIEWS}`, figure: warm },
    limit: { kind: 'ratio', most: MOST },
  }))
}

import { setTimeout as sleep } from 'node:timers/promises'
import { WEBHOOK_SECRET } from '../../support/server-process.ts'
import type { Delivery } from '../../world/github/webhooks.ts'
import type { GitHubWorld } from '../../world/github/world.ts'
import { chanceOf, type Fate, fateOf, type Order } from './order.ts'
import type { Tally } from './weather.ts'

/** Longest that a late delivery takes, in milliseconds. */
const LATE_MS = 6_000
const LOOK_MS = 50

/** Brings deliveries to the replicas, badly. */
export interface PostOffice {
  /** No delivery is lost any more. */
  behave(): void
  stop(): Promise<void>
}

/** Takes every new entry of GitHub's record of deliveries and brings it to one of the addresses. */
export function openPostOffice(
  world: GitHubWorld,
  order: Order,
  addresses: readonly [string, ...string[]],
  tally: Tally,
): PostOffice {
  const chance = chanceOf(order, 'mail')
  const under = new Set<Promise<unknown>>()
  let behaves = false
  let stopped = false
  let next = world.webhooks.log.length
  const bring = async (delivery: Delivery, waitMs: number, url: string) => {
    await sleep(waitMs)
    await world.webhooks.deliver(delivery, { url, secret: WEBHOOK_SECRET })
  }
  const send = (delivery: Delivery) => {
    const fate: Fate = fateOf(chance, !(behaves || delivery.isRedelivery))
    tally.set(`delivery ${fate}`, (tally.get(`delivery ${fate}`) ?? 0) + 1)
    if (fate === 'lost') {
      delivery.status = 'failed to connect to host'
      return
    }
    const waits = fate === 'straight' ? [0] : [chance.int(LATE_MS)]
    if (fate === 'twice') waits.push(chance.int(LATE_MS))
    for (const wait of waits) {
      const work = bring(delivery, wait, chance.pick(addresses)).finally(() => under.delete(work))
      under.add(work)
    }
  }
  const running = (async () => {
    while (!stopped) {
      while (next < world.webhooks.log.length) {
        const delivery = world.webhooks.log[next]
        next += 1
        if (delivery !== undefined) send(delivery)
      }
      await sleep(LOOK_MS)
    }
  })()
  return {
    behave() {
      behaves = true
    },
    async stop() {
      stopped = true
      await running
      await Promise.allSettled([...under])
    },
  }
}

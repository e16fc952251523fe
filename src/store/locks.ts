import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem'
import type { Database } from '#store/database'
import { takeTask } from '#store/leadership'

/** Work that only one may do at a time, over all processes. */
export interface Locks {
  /**
   * Waits until nobody works under this name, then works. A process that dies lets go by itself.
   *
   * @throws Problem `store.busy` (retry) when it took too long
   */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>
}

const LEASE_MS = 60_000
const RENEW_MS = 15_000
const LOOK_MS = 250
const LONGEST_WAIT_MS = 30_000
const TRY_AGAIN_MS = 10_000

/** Keeps its locks beside the leaders of tasks: a holder of a lock is a leader of one piece of work. */
export function createLocks(database: Database, process: string): Locks {
  let works = 0
  const take = (task: string, holder: string) =>
    takeTask(database, { task, holder, ttlMs: LEASE_MS })
  return {
    async alone(name, work) {
      works += 1
      const task = `lock ${name}`
      const holder = `${process}/${works}`
      const until = performance.now() + LONGEST_WAIT_MS
      while (!(await take(task, holder))) {
        if (performance.now() >= until) throw busy(name)
        await sleep(LOOK_MS)
      }
      // Renewing fails with the store, and then the work's own writes fail too.
      const renewal = setInterval(() => void take(task, holder).catch(() => {}), RENEW_MS)
      try {
        return await work()
      } finally {
        clearInterval(renewal)
        await database.query('delete from leaders where task = $1 and holder = $2', [task, holder])
      }
    },
  }
}

function busy(name: string): Problem {
  return new Problem('store.busy', 'retry', `another job works on ${name}`, {
    retryAfterMs: TRY_AGAIN_MS,
  })
}

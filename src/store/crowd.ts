import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/** Deliveries in one commit that are more than a coincidence. */
const CROWD = 8
/** How soon after a commit the next of a crowd arrives, in milliseconds. */
const NEXT_MS = 5

/**
 * Tells whether deliveries come in crowds at the moment, from the sizes of their commits, and waits
 * for the end of it.
 */
export function createCrowd(): {
  came(size: number): void
  /** Resolves when there is none, at the latest after so many milliseconds. */
  gone(limitMs: number, waiting: () => number): Promise<void>
} {
  let lastAt = Number.NEGATIVE_INFINITY
  const isHere = (waiting: number) => waiting >= CROWD || performance.now() - lastAt < NEXT_MS
  return {
    came(size: number) {
      if (size >= CROWD) lastAt = performance.now()
    },
    async gone(limitMs: number, waiting: () => number): Promise<void> {
      const until = performance.now() + limitMs
      // Whoever knocks meanwhile is only heard when the event loop gets a turn.
      await nextTurn()
      while (isHere(waiting()) && performance.now() < until) await sleep(NEXT_MS)
    },
  }
}

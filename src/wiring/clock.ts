import { setTimeout } from 'node:timers/promises'
import type { Clock } from '#flow/ports'

/** The wall clock. */
export const CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
    } catch (failure) {
      // The reason says what to do about it; an AbortError says nothing.
      signal?.throwIfAborted()
      throw failure
    }
  },
}

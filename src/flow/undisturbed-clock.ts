import { Problem } from '#core/problem'
import type { Clock } from '#flow/ports'

/**
 * A clock for work that people may see already: it has to be brought to its end. That the review is
 * called off wakes such work early and does not stop it; a draining process and a lost lease do.
 */
export function undisturbed(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    async sleep(ms, signal) {
      if (isCalledOff(signal?.reason)) return clock.sleep(ms)
      try {
        await clock.sleep(ms, signal)
      } catch (failure) {
        if (!isCalledOff(failure)) throw failure
      }
    },
  }
}

/** Whether this is the reason of a run that a newer head or a closed pull request took over. */
export function isCalledOff(reason: unknown): boolean {
  return reason instanceof Problem && reason.code === 'run.superseded'
}

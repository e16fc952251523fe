/** A layer as it would run: every number is chosen. null is no limit, no cap. */
export interface RunningLayer {
  readonly retries: number
  readonly timeoutMs: number | null
  readonly totalMs: number | null
  readonly wait: { readonly first: number; readonly factor: number; readonly cap: number | null }
}

/** What chance and the other side do. */
export interface Circumstances {
  /** After how long the next call fails; null: it never answers. */
  readonly failsAfter: () => number | null
  /** The wait that chance makes of the full one, for the layer at an index. */
  readonly waited: (full: number, layer: number) => number
}

/** What was seen of one layer: of all its runs the longest, and the most calls within one. */
export interface Seen {
  readonly calls: number
  readonly runMs: number | 'endless'
}

interface Run {
  readonly layer: number
  readonly beganAt: number
  readonly callsBefore: number
  endedAt: number | null
  callsAfter: number
}

interface Clock {
  readonly now: () => number
  /** Plans something; what it returns takes it back. */
  readonly after: (ms: number, happens: () => void) => () => void
  readonly runAll: () => void
}

/** Virtual time: of what is due at the same moment, what was planned first happens first. */
function virtualClock(): Clock {
  let now = 0
  const planned: { at: number; happens: () => void }[] = []
  return {
    now: () => now,
    after: (ms, happens) => {
      const event = { at: now + ms, happens }
      const later = planned.findIndex((each) => each.at > event.at)
      planned.splice(later === -1 ? planned.length : later, 0, event)
      return () => {
        const place = planned.indexOf(event)
        if (place !== -1) planned.splice(place, 1)
      }
    },
    runAll: () => {
      for (let event = planned.shift(); event !== undefined; event = planned.shift()) {
        now = event.at
        event.happens()
      }
    },
  }
}

/** Starts work; `gaveUp` is told when it failed. What it returns abandons the work, silently. */
type Start = (gaveUp: () => void) => () => void

/**
 * Runs a chain once, innermost layer first in the list, as retry loops over timers. It knows nothing
 * of sums: it plays event after event until nothing is left to happen, and reports what it saw.
 */
export function simulate(
  chain: readonly RunningLayer[],
  { failsAfter, waited }: Circumstances,
): readonly Seen[] {
  const clock = virtualClock()
  const runs: Run[] = []
  let calls = 0

  const call: Start = (gaveUp) => {
    calls += 1
    const ms = failsAfter()
    return ms === null ? () => {} : clock.after(ms, gaveUp)
  }

  const around = (inner: Start, settings: RunningLayer, layer: number): Start => {
    return (gaveUp) => {
      const run: Run = {
        layer,
        beganAt: clock.now(),
        callsBefore: calls,
        endedAt: null,
        callsAfter: 0,
      }
      runs.push(run)
      let retriesLeft = settings.retries
      let nextWait = settings.wait.first
      let stopAttempt = () => {}
      let stopWait = () => {}

      const stop = () => {
        dropTotal()
        stopWait()
        stopAttempt()
        run.endedAt = clock.now()
        run.callsAfter = calls
      }
      const end = () => {
        stop()
        gaveUp()
      }
      const dropTotal =
        settings.totalMs === null ? () => {} : clock.after(settings.totalMs, () => end())

      const attempt = () => {
        let stopInner = () => {}
        const dropTimer =
          settings.timeoutMs === null
            ? () => {}
            : clock.after(settings.timeoutMs, () => {
                stopInner()
                failed()
              })
        stopAttempt = () => {
          dropTimer()
          stopInner()
        }
        stopInner = inner(() => {
          dropTimer()
          failed()
        })
      }
      const failed = () => {
        stopAttempt = () => {}
        if (retriesLeft === 0) return end()
        retriesLeft -= 1
        const full = settings.wait.cap === null ? nextWait : Math.min(nextWait, settings.wait.cap)
        nextWait *= settings.wait.factor
        stopWait = clock.after(waited(full, layer), attempt)
      }
      attempt()
      return stop
    }
  }

  const outermost = chain.reduce<Start>(around, call)
  outermost(() => {})
  clock.runAll()
  return chain.map((_, layer) =>
    seenOf(
      runs.filter((run) => run.layer === layer),
      calls,
    ),
  )
}

function seenOf(runs: readonly Run[], allCalls: number): Seen {
  const open = runs.some((run) => run.endedAt === null)
  const made = runs.map((run) =>
    run.endedAt === null ? allCalls - run.callsBefore : run.callsAfter - run.callsBefore,
  )
  const lasted = runs.map((run) => (run.endedAt ?? 0) - run.beganAt)
  return { calls: Math.max(...made), runMs: open ? 'endless' : Math.max(...lasted) }
}

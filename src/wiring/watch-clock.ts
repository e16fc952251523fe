import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import { readAppRegistration } from '#github/app-registration'
import { createGitHubApp } from '#github/tokens'
import { type Check, fine } from '#wiring/check'
import { CLOCK } from '#wiring/clock'
import type { Environment } from '#wiring/environment'

/** GitHub lets a clock be off by a minute or so; keys of the app last ten minutes. */
const SKEW_WARNS_MS = 30_000
const SKEW_FAILS_MS = 10 * 60_000

/** What it means that this clock is so many milliseconds ahead of GitHub's; null is not known. */
export function checkClock(aheadMs: number | null): Check {
  if (aheadMs === null) {
    return { id: 'clock', state: 'skipped', detail: 'GitHub gave no time to compare', hint: null }
  }
  const off = Math.abs(aheadMs)
  if (off <= SKEW_WARNS_MS) return fine('clock', 'agrees with GitHub')
  const seconds = Math.round(off / 1_000)
  return {
    id: 'clock',
    state: off > SKEW_FAILS_MS ? 'fails' : 'warns',
    detail: `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} GitHub, which refuses keys of a wrong time`,
    hint: 'set the clock of this machine, best by NTP',
  }
}

/** The comparison of this clock with GitHub's, which goes on beside the start of the server. */
export interface ClockWatch {
  /**
   * Waits for the first answer, but never long: a GitHub that is away keeps no server from starting.
   *
   * @throws Problem `server.clock` when this clock is too wrong to work with
   */
  allowStart(): Promise<void>
  /** The newest comparison. */
  latest(): Check
  stop(): void
}

/** How long the start waits for GitHub, and how far apart GitHub is asked again. Milliseconds. */
interface ClockPatience {
  readonly startMs: number
  readonly againMs: number
}

const PATIENCE: ClockPatience = { startMs: 2_000, againMs: 60_000 }

/**
 * Compares this clock with GitHub's until it is found to be good enough: once as a rule, and every
 * minute while GitHub does not answer or the clock is too wrong, so that mending it needs no restart.
 *
 * @param aheadOfGitHub how far this clock is ahead in milliseconds; null without an answer
 */
export function watchClock(
  aheadOfGitHub: () => Promise<number | null>,
  log: Log,
  { startMs, againMs }: ClockPatience = PATIENCE,
): ClockWatch {
  const over = new AbortController()
  const first = Promise.withResolvers<void>()
  let latest = checkClock(null)
  const watch = async () => {
    for (let said: Check['state'] | null = null; !over.signal.aborted; ) {
      latest = checkClock(await aheadOfGitHub())
      if (latest.state !== said) tell(log, latest)
      said = latest.state
      first.resolve()
      if (latest.state === 'ok' || latest.state === 'warns') return
      await sleep(againMs, undefined, { ref: false, signal: over.signal })
    }
  }
  void watch().catch((err: unknown) => {
    if (!over.signal.aborted) log.warn({ err }, 'clock not compared')
    first.resolve()
  })
  const late = setTimeout(first.resolve, startMs)
  void first.promise.then(() => clearTimeout(late))
  return {
    async allowStart() {
      await first.promise
      if (latest.state !== 'fails') return
      const { detail, hint } = latest
      throw new Problem('server.clock', 'told', `The clock of this machine is ${detail}: ${hint}.`)
    },
    latest: () => latest,
    stop() {
      over.abort()
      first.resolve()
    },
  }
}

function tell(log: Log, { state, detail }: Check): void {
  if (state === 'fails') log.error({ detail }, 'clock is wrong')
  if (state === 'warns') log.warn({ detail }, 'clock is off')
  if (state === 'skipped') log.warn({ detail }, 'clock not compared')
}

/** One answer may take this long; its time is that of its sending. */
const ANSWER_MS = 5_000

/** Asks GitHub for its time with the key of the app; a refusal of the key tells it as well. */
export function askGitHubTime({
  app: { id, privateKey },
  github,
}: Pick<Environment, 'app' | 'github'>): () => Promise<number | null> {
  const app = createGitHubApp(
    github,
    { appId: id, privateKey },
    {
      now: CLOCK.now,
      random: Math.random,
      // A server that ends does not wait for this.
      sleep: async (ms) => {
        await sleep(ms, undefined, { ref: false })
      },
      timeoutMs: ANSWER_MS,
    },
  )
  return async () => {
    const { githubTime } = await readAppRegistration(app)
    return githubTime === null ? null : CLOCK.now() - githubTime
  }
}

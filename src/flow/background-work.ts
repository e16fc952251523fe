import { Problem } from '#core/problem'
import { redact } from '#core/text/redact'
import type { Allowances } from '#flow/conversation-port'
import type { FirstLooks, InstallationHome } from '#flow/onboarding-port'
import type { Clock } from '#flow/ports'

/** What work that nobody waits for needs, to stay out of the way of reviews. */
export interface BackgroundNeeds {
  readonly installation: (id: number) => InstallationHome
  /** Where it is kept until when the work of an installation stands still. */
  readonly looks: Pick<FirstLooks, 'pausedUntil' | 'pause'>
  readonly allowances: Allowances
  readonly clock: Clock
  /** The values of this process's own secrets: nothing is written that holds one. */
  readonly secrets: readonly string[]
}

/** How one try ended. `wait` costs no attempt. */
export type WorkEnd =
  | { readonly kind: 'done'; readonly because: string }
  | { readonly kind: 'wait'; readonly delayMs: number; readonly because: string }

/**
 * Does work that nobody waits for: it stands still while GitHub asks for it, and what GitHub
 * forbids for good is an end of it, not a failure.
 */
export async function inBackground(
  { looks, clock, secrets }: BackgroundNeeds,
  installation: number,
  {
    work,
    refused,
  }: {
    readonly work: () => Promise<WorkEnd>
    /** Ends it with what GitHub said, without our secrets. */
    readonly refused: (because: string) => Promise<WorkEnd>
  },
): Promise<WorkEnd> {
  const pausedMs = (await looks.pausedUntil(installation)) - clock.now()
  if (pausedMs > 0) return wait(pausedMs, 'work that nobody waits for stands still')
  try {
    return await work()
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    if (failure.kind === 'told') return refused(redact(failure.message, secrets).text)
    if (failure.code !== 'github.rate-limited') throw failure
    const delayMs = failure.retryAfterMs ?? LIMITED_MS
    await looks.pause(installation, clock.now() + delayMs)
    return wait(delayMs, failure.message)
  }
}

/** What GitHub asks for at least where it names no time. */
const LIMITED_MS = 60_000
/** Such work uses no more than this part of what GitHub allows in an hour. */
const MOST_OF_BUDGET = 0.5
/** What is said where that part is used. */
export const LIMIT_USED = 'half of the hourly limit is used'

/** Where only as much of the limits is left as reviews may need: when they are whole again. */
export async function usedUntil({
  budget,
}: Pick<InstallationHome, 'budget'>): Promise<number | null> {
  const { left, resetAt } = await budget()
  return left >= 1 - MOST_OF_BUDGET ? null : resetAt
}

/** Waits for the next hour when a review could want for what the work would use. */
export async function leaveRoom(
  { installation: home, looks, clock }: BackgroundNeeds,
  installation: number,
): Promise<WorkEnd | null> {
  const resetAt = await usedUntil(home(installation))
  if (resetAt === null) return null
  const delayMs = Math.max(LIMITED_MS, resetAt - clock.now())
  await looks.pause(installation, clock.now() + delayMs)
  return wait(delayMs, LIMIT_USED)
}

/** GitHub takes about 80 new things a minute and 500 an hour; an introduction makes four. */
const SPACING_MS = 4_000
const HOURLY = 90
const TURN_MS = 60_000
const TRIES = 20
const PAUSE_MS = 500

/** One introduction or new issue at a time in an installation, over all processes and restarts. */
export async function takeTurn(
  { allowances, clock }: BackgroundNeeds,
  installation: number,
): Promise<WorkEnd | null> {
  const wanted = [
    { key: `introductions/${installation}`, most: 1, everyMs: SPACING_MS },
    { key: `introductions-hour/${installation}`, most: HOURLY, everyMs: 3_600_000 / HOURLY },
  ]
  for (let tried = 0; tried < TRIES; tried += 1) {
    if ((await allowances.take(wanted)) === 'granted') return null
    await clock.sleep(PAUSE_MS)
  }
  return wait(TURN_MS, 'others come first')
}

function wait(delayMs: number, because: string): WorkEnd {
  return { kind: 'wait', delayMs, because }
}

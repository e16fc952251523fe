import type { Job } from '#core/job/job'
import { Problem } from '#core/problem'
import { redact } from '#core/text/redact'
import { type AssessNeeds, assessTree } from '#flow/assess-tree'
import type { Allowances } from '#flow/conversation-port'
import { type IntroduceNeeds, introduce } from '#flow/introduce'
import type {
  FirstLooks,
  InstallationHome,
  OnboardingHome,
  RepositoryState,
} from '#flow/onboarding-port'

/** The first look at one repository. */
export type FirstLookJob = Extract<Job, { kind: 'first-look' }>

/** What a first look needs from the world. */
export interface FirstLookNeeds extends Omit<AssessNeeds, 'log'>, Omit<IntroduceNeeds, 'home'> {
  readonly home: (job: FirstLookJob) => OnboardingHome
  readonly installation: (id: number) => InstallationHome
  readonly looks: FirstLooks
  readonly allowances: Allowances
}

/** How one try ended. `wait` costs no attempt. */
export type LookEnd =
  | { readonly kind: 'done'; readonly because: string }
  | { readonly kind: 'wait'; readonly delayMs: number; readonly because: string }

/**
 * Looks at a repository once, when the app first reaches it: where it speaks to other systems, one
 * pull request introduces the app; where it does not, nothing is said. Reviews come first: looks go
 * one by one, leave half of the hourly limits alone, and stand still when GitHub asks for it.
 */
export async function firstLook(needs: FirstLookNeeds, job: FirstLookJob): Promise<LookEnd> {
  const { looks, clock } = needs
  const { installation, repository } = job
  const before = await looks.result(installation, repository.id)
  if (before !== null) return done(`looked at before: ${before}`)
  const pausedMs = (await looks.pausedUntil(installation)) - clock.now()
  if (pausedMs > 0) return wait(pausedMs, 'first looks stand still')
  try {
    return await look(needs, job)
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    const result = redact(`refused: ${failure.message}`, needs.secrets).text
    if (failure.kind === 'told') return end(needs, job, result)
    if (failure.code !== 'github.rate-limited') throw failure
    const delayMs = failure.retryAfterMs ?? LIMITED_MS
    await looks.pause(installation, clock.now() + delayMs)
    return wait(delayMs, failure.message)
  }
}

/** What GitHub asks for at least where it names no time. */
const LIMITED_MS = 60_000

async function look(needs: FirstLookNeeds, job: FirstLookJob): Promise<LookEnd> {
  const home = needs.home(job)
  const state = await home.state()
  const silent = silentBecause(state)
  if (state.tip === null || silent !== null) return end(needs, job, silent ?? 'empty')
  const resting = await leaveRoom(needs, job)
  if (resting !== null) return resting
  const assessment = await assessTree(needs, home.contents(state.tip.commit))
  if (assessment === null) return end(needs, job, 'no integration code')
  if (!(await takeTurn(needs, job))) return wait(TURN_MS, 'other introductions come first')
  const pull = await introduce(
    { ...needs, home },
    { repositoryId: job.repository.id, state, tip: state.tip, assessment },
  )
  return end(needs, job, `introduced by #${pull}`)
}

/** Why nothing is said here, in a few words; null where something may be. */
function silentBecause({ archived, fork, tip, introduced, pull }: RepositoryState): string | null {
  if (archived) return 'archived'
  if (fork) return 'a fork'
  if (tip === null) return 'empty'
  if (introduced) return 'introduced before'
  if (pull !== null && !pull.open) return `#${pull.number} was closed`
  return null
}

/** First looks use no more than this part of what GitHub allows in an hour. */
const MOST_OF_BUDGET = 0.5

/** Waits for the next hour when a review could want for what a look would use. */
async function leaveRoom(
  { installation, looks, clock }: FirstLookNeeds,
  job: FirstLookJob,
): Promise<LookEnd | null> {
  const { left, resetAt } = await installation(job.installation).budget()
  if (left >= 1 - MOST_OF_BUDGET) return null
  const delayMs = Math.max(LIMITED_MS, resetAt - clock.now())
  await looks.pause(job.installation, clock.now() + delayMs)
  return wait(delayMs, 'half of the hourly limit is used')
}

/** GitHub takes about 80 new things a minute and 500 an hour; an introduction makes four. */
const SPACING_MS = 4_000
const HOURLY = 90
const TURN_MS = 60_000
const TRIES = 20
const PAUSE_MS = 500

/** One introduction at a time in an installation, over all processes and restarts. */
async function takeTurn(
  { allowances, clock }: FirstLookNeeds,
  { installation }: FirstLookJob,
): Promise<boolean> {
  const wanted = [
    { key: `introductions/${installation}`, most: 1, everyMs: SPACING_MS },
    { key: `introductions-hour/${installation}`, most: HOURLY, everyMs: 3_600_000 / HOURLY },
  ]
  for (let tried = 0; tried < TRIES; tried += 1) {
    if ((await allowances.take(wanted)) === 'granted') return true
    await clock.sleep(PAUSE_MS)
  }
  return false
}

async function end(
  { looks }: FirstLookNeeds,
  { installation, repository }: FirstLookJob,
  result: string,
): Promise<LookEnd> {
  await looks.end(installation, repository.id, result)
  return done(result)
}

function done(because: string): LookEnd {
  return { kind: 'done', because }
}

function wait(delayMs: number, because: string): LookEnd {
  return { kind: 'wait', delayMs, because }
}

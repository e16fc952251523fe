import type { RepositoryRef, ReviewJob } from '#core/job/job'
import { Problem } from '#core/problem'
import { LIMIT_USED, usedUntil } from '#flow/background-work'
import type {
  InstallationHome,
  InstallationSeen,
  OpenPull,
  OpenPulls,
  Standing,
} from '#flow/onboarding-port'
import type { Clock, Log } from '#flow/ports'

/** A repository of an installation. */
interface Place {
  readonly installation: number
  readonly repository: RepositoryRef
}

/** What catching up needs from the world. */
export interface ReconcileNeeds {
  /** Every installation of the app, suspended ones too. */
  readonly installations: () => AsyncIterable<InstallationSeen>
  readonly installation: (id: number) => Pick<InstallationHome, 'budget'>
  readonly openPulls: (installation: number) => OpenPulls
  /** Why the operator has stopped this; null where nothing is stopped. */
  readonly halted: (work: {
    readonly installation: number
    readonly repository?: RepositoryRef
  }) => Promise<string | null>
  /** How long GitHub has asked an installation to wait. */
  readonly rests: {
    left(installation: number): Promise<number>
    rest(installation: number, forMs: number): Promise<void>
  }
  /** By the number of each pull request. */
  readonly standings: (
    place: Place,
    pulls: readonly OpenPull[],
  ) => Promise<ReadonlyMap<number, Standing>>
  readonly enqueue: (job: ReviewJob) => Promise<'queued' | 'replaced'>
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly log: Log
}

/** What came of it. */
export interface Reconciled {
  /** How many open pull requests of others had changed since then. */
  readonly looked: number
  /** Those whose head nobody has reviewed or queued, the latest change first. */
  readonly proposed: readonly {
    /** `owner/name` */
    readonly repository: string
    readonly pull: number
    readonly head: string
    readonly updatedAt: number
  }[]
  /** How many reviews were queued; null where it was only looked. */
  readonly queued: number | null
  /** What was not looked at, and why. */
  readonly left: readonly { readonly what: string; readonly because: string }[]
}

interface Missed {
  readonly place: Place
  readonly pull: OpenPull
  readonly standing: Exclude<Standing, 'covered'>
}

/** What has been found so far. */
interface Finds {
  readonly missed: Missed[]
  readonly left: { what: string; because: string }[]
  looked: number
}

/** Requests follow each other with this pause: nobody waits for them but an operator. */
const PAUSE_MS = 100
const MINUTE_MS = 60_000

/**
 * Finds the open pull requests that changed since a moment and whose head was never taken up, as
 * after an outage that was longer than GitHub remembers deliveries, and queues their reviews if it
 * is told to. Whether each is reviewed is decided by the review itself, as ever.
 */
export async function reconcile(
  needs: ReconcileNeeds,
  { since, go }: { readonly since: number; readonly go: boolean },
): Promise<Reconciled> {
  const finds: Finds = { missed: [], left: [], looked: 0 }
  for await (const seen of needs.installations()) {
    const because = await lookThrough(needs, seen, since, finds)
    if (because !== null) finds.left.push({ what: nameOf(seen), because })
  }
  const { looked, left } = finds
  const missed = finds.missed.toSorted((a, b) => b.pull.updatedAt - a.pull.updatedAt)
  const queued = go ? await enqueueAll(needs, missed) : null
  needs.log.info({ looked, proposed: missed.length, queued }, 'pull requests reconciled')
  const proposed = missed.map(({ place: { repository }, pull }) => ({
    repository: `${repository.owner}/${repository.name}`,
    ...{ pull: pull.number, head: pull.head, updatedAt: pull.updatedAt },
  }))
  return { looked, proposed, queued, left }
}

function nameOf({ id, account }: InstallationSeen): string {
  return account === null ? `installation ${id}` : `installation ${id} (${account})`
}

/** @returns why not all of the installation was looked at; null where it was */
async function lookThrough(
  needs: ReconcileNeeds,
  { id, suspended }: InstallationSeen,
  since: number,
  finds: Finds,
): Promise<string | null> {
  if (suspended) return 'the app was suspended here'
  const halted = await needs.halted({ installation: id })
  if (halted !== null) return halted
  try {
    return await lookAtRepositories(needs, id, since, finds)
  } catch (failure) {
    if (!(failure instanceof Problem) || !isOfGitHub(failure)) throw failure
    const { code, message, retryAfterMs } = failure
    if (code !== 'github.rate-limited' || retryAfterMs === null) return message
    await needs.rests.rest(id, retryAfterMs)
    return `${message}: ${askAgain(retryAfterMs)}`
  }
}

async function lookAtRepositories(
  needs: ReconcileNeeds,
  installation: number,
  since: number,
  finds: Finds,
): Promise<string | null> {
  const restMs = await needs.rests.left(installation)
  if (restMs > 0) return `GitHub asked it to wait: ${askAgain(restMs)}`
  let lost = false
  for await (const page of needs.openPulls(installation).repositories()) {
    for (const repository of page) {
      const used = await limitUsed(needs, installation)
      if (used !== null) return used
      lost = await lookAt(needs, { installation, repository }, { since, finds, lost })
    }
  }
  return null
}

/** @returns whether an answer about the repository was lost */
async function lookAt(
  needs: ReconcileNeeds,
  place: Place,
  { since, finds, lost }: { readonly since: number; readonly finds: Finds; readonly lost: boolean },
): Promise<boolean> {
  const what = `${place.repository.owner}/${place.repository.name}`
  const halted = await needs.halted(place)
  if (halted !== null) {
    finds.left.push({ what, because: halted })
    return lost
  }
  try {
    await collect(needs, place, since, finds)
    return false
  } catch (failure) {
    if (!(failure instanceof Problem) || !isOfOne(failure, lost)) throw failure
    finds.left.push({ what, because: failure.message })
    return failure.code === 'github.unreachable'
  }
}

/** Leaves to reviews what they may need of the hourly limit. */
async function limitUsed(needs: ReconcileNeeds, installation: number): Promise<string | null> {
  const resetAt = await usedUntil(needs.installation(installation))
  return resetAt === null ? null : `${LIMIT_USED}: ${askAgain(resetAt - needs.clock.now())}`
}

async function collect(
  needs: ReconcileNeeds,
  place: Place,
  since: number,
  finds: Finds,
): Promise<void> {
  // A pull request that changes between two pages may stand on both.
  const seen = new Set<number>()
  for await (const page of needs.openPulls(place.installation).of(place.repository, since)) {
    const pulls = page.filter(({ number, ours }) => !ours && !seen.has(number))
    const standings = await needs.standings(place, pulls)
    for (const pull of pulls) {
      seen.add(pull.number)
      finds.looked += 1
      const standing = standings.get(pull.number) ?? 'new'
      if (standing !== 'covered') finds.missed.push({ place, pull, standing })
    }
    await needs.clock.sleep(PAUSE_MS)
  }
}

async function enqueueAll(
  { enqueue }: Pick<ReconcileNeeds, 'enqueue'>,
  missed: readonly Missed[],
): Promise<number> {
  let queued = 0
  for (const one of missed) {
    if ((await enqueue(jobOf(one))) === 'queued') queued += 1
  }
  return queued
}

/** As the lost event would have made it, as far as anybody can tell. */
function jobOf({ place, pull: { number, head }, standing }: Missed): ReviewJob {
  const action = standing === 'moved' ? 'synchronize' : 'opened'
  return {
    ...{ version: 1, kind: 'review', delivery: 'reconcile', ...place, pull: number, head },
    trigger: { kind: 'automatic', action },
  }
}

/** Whether it is GitHub that failed, and not we. */
function isOfGitHub({ code }: Problem): boolean {
  return code.startsWith('github.')
}

/** A repository that was taken away is no trouble of the others, nor is a first lost answer. */
function isOfOne({ code }: Problem, lost: boolean): boolean {
  return code === 'github.gone' || (code === 'github.unreachable' && !lost)
}

function askAgain(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE_MS))
  return `ask again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
}

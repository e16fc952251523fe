import { assertNever } from '#core/exhaustive'
import { holds } from '#core/job/absorb'
import type { ReviewJob, Wish } from '#core/job/job'
import { Problem } from '#core/problem'
import type { Settings } from '#core/settings/settings'
import type { Change, KnownRun } from '#flow/ports'
import type { Permission, PullReader, PullState } from '#flow/pull-request-port'

/**
 * Whether a pull request is reviewed, and how. `waits`: a maintainer has to ask for it. `refused`:
 * the person who asked may not. `ignored`: there is nothing to do, and nothing is said.
 */
export type Admission =
  | { readonly kind: 'admitted'; readonly asksModel: boolean; readonly author: Author }
  | { readonly kind: 'waits'; readonly because: string }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'ignored'; readonly because: string }

/** What the author may do here decides what a review may cost and what may be remembered. */
export interface Author {
  readonly mayWrite: boolean
  readonly fork: boolean
}

/**
 * Decides by what GitHub says now, never by the payload: it may be old or replayed.
 *
 * @throws Problem `github.unreachable` when GitHub cannot say what the author may do, to be tried
 *   again
 */
export async function admit(
  reader: Pick<PullReader, 'permission'>,
  state: PullState,
  settings: Settings,
  job: ReviewJob,
): Promise<Admission> {
  if (!state.open) return { kind: 'ignored', because: state.merged ? 'merged' : 'closed' }
  const { trigger } = job
  const author = await readAuthor(reader, state, settings)
  if (trigger.kind !== 'automatic') {
    if (await mayAsk(reader, trigger, settings))
      return { kind: 'admitted', asksModel: true, author }
    return { kind: 'refused', because: `${trigger.login} may not start a review` }
  }
  if (state.draft && !settings.review.drafts) return { kind: 'ignored', because: 'it is a draft' }
  if (!isListenedTo(settings, job)) {
    return { kind: 'ignored', because: `review.on leaves out ${trigger.action}` }
  }
  if (author.mayWrite) return { kind: 'admitted', asksModel: true, author }
  const policy = outsiderPolicy(settings, job)
  switch (policy) {
    case 'auto':
      return { kind: 'admitted', asksModel: true, author }
    case 'rules':
      return { kind: 'admitted', asksModel: false, author }
    case 'on-demand':
      return { kind: 'waits', because: `${state.authorLogin} has no write permission here` }
    default:
      return assertNever(policy)
  }
}

/** What happens to changes of people without write permission. */
export function outsiderPolicy(
  settings: Settings,
  { repository }: ReviewJob,
): 'on-demand' | 'rules' | 'auto' {
  return settings.review.outsiders ?? (repository.private ? 'auto' : 'on-demand')
}

/**
 * Whether the change that is there now came after the wish for a review, as far as anybody can tell.
 * `runs` are the latest of the pull request, newest first.
 * A pressed button names its head. A comment does not: it is bound to the change that was first
 * reviewed for it, and to one of those that GitHub told of before it was written, because a push and
 * a comment on the way to us can change places. `after`: a push, or another base, was heard of after
 * the wish and waited with it.
 */
export function isPushedSince(
  { runs, now, after }: { runs: readonly KnownRun[]; now: Change; after: boolean },
  wish: ReviewJob,
): boolean {
  const { trigger } = wish
  if (trigger.kind === 'automatic') return false
  const isThere = (run: Change) => run.headSha === now.headSha && run.baseRef === now.baseRef
  const bound = runs.findLast(({ job }) => job.trigger.kind !== 'automatic' && holds(job, wish))
  if (bound !== undefined) return !isThere(bound)
  if (trigger.kind === 'rerun') return after || wish.head !== now.headSha
  const waited = (wish.absorbed ?? []).filter((one) => one.trigger.kind === 'automatic')
  if (after || runs.length + waited.length === 0) return after
  const asked = trigger.at === undefined ? Number.POSITIVE_INFINITY : Date.parse(trigger.at)
  const told = [
    ...waited.filter(({ head }) => head === now.headSha).map((one) => toldAt(one) ?? 0),
    ...runs.filter((run) => isThere(run) && !holds(run.job, wish)).map(heardAt),
  ]
  return !told.some((moment) => moment < asked)
}

/** When GitHub told of the head of an event, in milliseconds; null where that is not known. */
function toldAt({ trigger }: Pick<Wish, 'trigger'>): number | null {
  if (trigger.kind !== 'automatic' || trigger.at === undefined) return null
  // Nobody writes a comment on a pull request before it is opened.
  return trigger.action === 'opened' ? 0 : Date.parse(trigger.at)
}

/** GitHub's moments are whole seconds, and clocks that are kept well differ by little. */
const CLOCKS_MS = 5_000

/** An event that is late finds a head that it does not speak of. */
function heardAt({ job, headSha, createdAt }: KnownRun): number {
  return (job.head === headSha ? toldAt(job) : null) ?? createdAt - CLOCKS_MS
}

/** A changed base arrives as `edited` and is always a new change to review. */
export function isListenedTo(settings: Settings, { trigger }: Pick<ReviewJob, 'trigger'>): boolean {
  if (trigger.kind !== 'automatic') return true
  const { action } = trigger
  return action === 'edited' || settings.review.on.some((wanted) => wanted === action)
}

async function readAuthor(
  reader: Pick<PullReader, 'permission'>,
  state: PullState,
  settings: Settings,
): Promise<Author> {
  const { fork, authorId, authorIsBot, authorLogin } = state
  // The account is gone; whoever has its name now is somebody else.
  if (authorId === null) return { fork, mayWrite: false }
  const trustedBot = settings.review.trusted_bots.includes(authorId)
  if (authorIsBot && !trustedBot) return { fork, mayWrite: false }
  const permission = await reader.permission(authorLogin)
  // Nobody's change is turned away as a stranger's because GitHub was out for a moment.
  if (permission === 'unanswered')
    throw new Problem(
      'github.unreachable',
      'retry',
      `GitHub did not say what ${authorLogin} may do`,
    )
  return { fork, mayWrite: isWriter(permission) }
}

/** Whether a person, or a bot that the settings trust, may ask for a review. */
export async function mayAsk(
  reader: Pick<PullReader, 'permission'>,
  asker: { login: string; userId: number; bot: boolean },
  settings: Settings,
): Promise<boolean> {
  if (asker.bot && !settings.review.trusted_bots.includes(asker.userId)) return false
  return isWriter(await reader.permission(asker.login))
}

/** Fails closed: an answer that did not come is no permission. */
function isWriter(permission: Permission): boolean {
  return permission === 'admin' || permission === 'write'
}

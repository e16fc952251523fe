import { assertNever } from '#core/exhaustive'
import type { ReviewJob } from '#core/job/job'
import type { Settings } from '#core/settings/settings'
import type { Permission, PullReader, PullState } from '#flow/ports'

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

/** Decides by what GitHub says now, never by the payload: it may be old or replayed. */
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
  if (!listens(settings, trigger.action)) {
    return { kind: 'ignored', because: `review.on leaves out ${trigger.action}` }
  }
  if (author.mayWrite) return { kind: 'admitted', asksModel: true, author }
  const policy = settings.review.outsiders ?? (job.repository.private ? 'auto' : 'on-demand')
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

/** A changed base arrives as `edited` and is always a new change to review. */
function listens(settings: Settings, action: string): boolean {
  return action === 'edited' || settings.review.on.some((wanted) => wanted === action)
}

async function readAuthor(
  reader: Pick<PullReader, 'permission'>,
  state: PullState,
  settings: Settings,
): Promise<Author> {
  const { fork, authorId, authorIsBot, authorLogin } = state
  const trustedBot = authorId !== null && settings.review.trusted_bots.includes(authorId)
  if (authorIsBot && !trustedBot) return { fork, mayWrite: false }
  return { fork, mayWrite: isWriter(await reader.permission(authorLogin)) }
}

async function mayAsk(
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

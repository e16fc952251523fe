import type { Plan } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { type MarkerKeys, type MarkerScope, marker, readMarkers } from '#core/render/marker'
import { effectOnce } from '#flow/effect-once'
import type { Clock, Log, Run } from '#flow/ports'
import type { OwnPost, PullRequest, PullState, PullWriter } from '#flow/pull-request-port'
import { undisturbed } from '#flow/undisturbed-clock'

/** What publishing needs from the world. */
export interface PublishNeeds {
  readonly pull: PullRequest
  readonly run: Run
  readonly clock: Clock
  readonly log: Log
  readonly visibilityMs: number
  readonly markerKeys: MarkerKeys
  readonly scope: MarkerScope
  /** Takes the installation's next turn to post; milliseconds until it comes. */
  readonly turn: () => Promise<number>
}

/** Posts of one installation follow each other with pauses, in all processes. */
export interface TurnNeeds {
  readonly turn: (job: Run['job']) => Promise<number>
}

/** What publishing takes of the world, for one run; an abort does not end its waits half way. */
export function publishNeeds(
  needs: Pick<PublishNeeds, 'clock' | 'log' | 'visibilityMs' | 'markerKeys'> & TurnNeeds,
  run: Run,
  pull: PullRequest,
): PublishNeeds {
  const { clock, log, visibilityMs, markerKeys } = needs
  const scope = { repositoryId: run.job.repository.id, pull: run.job.pull }
  const turn = () => needs.turn(run.job)
  return { pull, run, clock: undisturbed(clock), log, visibilityMs, markerKeys, scope, turn }
}

/** `superseded`: the pull request moved on, and nothing was posted. */
export type Published = { readonly kind: 'published' } | ({ readonly kind: 'superseded' } & Moved)

/** Why what was planned is no longer wanted; not `open` when nothing is wanted there any more. */
export interface Moved {
  readonly because: string
  readonly open: boolean
}

/**
 * Says what the plan says, once: the review with its inline comments, comments on whole files, the
 * sticky summary, and the threads that are settled. Reads nothing but the plan and what stands on
 * the pull request. The pull request is asked again right before the first write; once the review
 * stands, the rest follows whatever is pushed meanwhile.
 */
export async function publish(needs: PublishNeeds, plan: Plan): Promise<Published> {
  if (isSilent(plan)) return { kind: 'published' }
  const started = await needs.run.effect('post-review')
  if (started === null && (plan.review !== null || plan.summary.create)) await waitForTurn(needs)
  const ahead = askAhead(needs, plan, started?.status !== 'done')
  if (started?.status !== 'done') {
    const moved = movedOn(await needs.pull.reader.state(), plan, needs.run)
    if (moved !== null && (await ahead.review()) === null) return { kind: 'superseded', ...moved }
  }
  try {
    const writer = await ahead.writer()
    await postReview(needs, writer, plan, ahead.review)
    for (const comment of plan.fileComments) await postFileComment(needs, writer, plan, comment)
    await postSummary(needs, writer, plan, ahead.comments)
    await settleThreads(needs, writer, plan)
  } catch (failure) {
    if (!(failure instanceof Problem) || !UNWRITABLE.has(failure.code)) throw failure
    // The check run carries every finding, and it can still be written.
    needs.log.warn({ because: failure.message }, 'pull request not writable')
  }
  return { kind: 'published' }
}

async function waitForTurn({ turn, clock, run }: PublishNeeds): Promise<void> {
  const waitMs = await turn()
  if (waitMs > 0) await clock.sleep(waitMs, run.signal)
}

/** What is asked at once before the first write. Whoever asks a second time hears what stands then. */
function askAhead({ pull, ...needs }: PublishNeeds, plan: Plan, mayPost: boolean) {
  const { create, update } = plan.summary
  return {
    writer: ahead(true, () => pull.writer()),
    review: ahead(mayPost && plan.review !== null, () => findReview({ pull, ...needs })),
    comments: ahead(create || update, () => pull.reader.ownComments()),
  }
}

function ahead<T>(now: boolean, ask: () => Promise<T>): () => Promise<T> {
  const asked = now ? ask() : null
  asked?.catch(() => undefined)
  return firstly(asked, ask)
}

/** The first who asks gets the answer that is there, everybody after that a new one. */
function firstly<T>(first: Promise<T> | null, ask: () => Promise<T>): () => Promise<T> {
  let left = first
  return () => {
    const answer = left ?? ask()
    left = null
    return answer
  }
}

/** Locked, archived, without the permission, or a conversation that is closed to comments. */
const UNWRITABLE: ReadonlySet<string> = new Set(['github.forbidden', 'github.gone'])

/** Nothing in scope and nothing said before: the check run is all there is to write. */
function isSilent({ review, fileComments, summary, resolve, reopen }: Plan): boolean {
  const { create, update } = summary
  return (
    review === null &&
    fileComments.length + resolve.length + reopen.length === 0 &&
    !create &&
    !update
  )
}

/** Why a plan must not be posted any more; null while it may. */
export function movedOn(
  state: PullState,
  plan: Pick<Plan, 'headSha' | 'baseRef' | 'draft'>,
  run: Run,
): Moved | null {
  const moved = (because: string) => ({ because, open: state.open })
  if (state.merged) return moved('the pull request was merged')
  if (!state.open) return moved('the pull request was closed')
  if (state.head !== plan.headSha) return moved(`superseded by ${state.head.slice(0, 12)}`)
  if (state.baseRef !== plan.baseRef) return moved(`the base is now ${state.baseRef}`)
  const asked = run.job.trigger.kind !== 'automatic'
  if (state.draft && !plan.draft && !asked) return moved('the pull request became a draft')
  return null
}

async function findReview({ pull, run, scope, markerKeys }: PublishNeeds): Promise<string | null> {
  const own = (post: OwnPost) =>
    readMarkers(post.body, 'review', scope, markerKeys).includes(run.key)
  const posted = (await pull.reader.ownReviews()).find(
    (post) => post.state === 'submitted' && own(post),
  )
  return posted === undefined ? null : String(posted.id)
}

async function postReview(
  needs: PublishNeeds,
  writer: PullWriter,
  plan: Plan,
  find: () => Promise<string | null>,
): Promise<void> {
  const { review } = plan
  if (review === null) return
  await effectOnce(needs, {
    step: 'post-review',
    find,
    write: () => sendReview(needs, writer, plan.headSha, review),
  })
}

/**
 * The review with its comments; where GitHub takes it only without them, with their words in its
 * body. Refused altogether, it stays unsaid here: the summary and the check run carry it.
 */
async function sendReview(
  needs: PublishNeeds,
  writer: PullWriter,
  headSha: string,
  review: NonNullable<Plan['review']>,
): Promise<string> {
  const sign = marker('review', needs.run.key, needs.scope, needs.markerKeys)
  const send = async (body: string, comments: typeof review.comments) => {
    const outcome = await writer.postReview({ headSha, body: `${body}\n\n${sign}`, comments })
    if (outcome.kind === 'posted') return outcome
    needs.log.warn({ because: outcome.because, detail: outcome.detail }, 'review refused')
    if (outcome.because === 'forbidden') throw forbidden(outcome.detail)
    return outcome
  }
  let outcome = await send(review.body, review.comments)
  if (outcome.kind === 'refused' && outcome.because === 'pending-review') {
    await deletePending(needs, writer)
    outcome = await send(review.body, review.comments)
  }
  if (outcome.kind === 'refused') outcome = await send(review.bodyWithoutComments, [])
  return outcome.kind === 'posted' ? String(outcome.id) : REFUSED
}

/** Stands where the id of a post would, for one that GitHub does not take. */
const REFUSED = 'refused'

function forbidden(detail: string): Problem {
  return new Problem('github.forbidden', 'told', `GitHub refused the post: ${detail}`)
}

/** A pending review of ours, left by an interrupted client, blocks every other one. */
async function deletePending({ pull }: PublishNeeds, writer: PullWriter): Promise<void> {
  const pending = (await pull.reader.ownReviews()).filter((post) => post.state === 'pending')
  for (const post of pending) {
    try {
      await writer.deletePendingReview(post.id)
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.kind !== 'gone') throw failure
    }
  }
}

async function postFileComment(
  needs: PublishNeeds,
  writer: PullWriter,
  plan: Plan,
  comment: Plan['fileComments'][number],
): Promise<void> {
  const { pull, scope, markerKeys } = needs
  await effectOnce(needs, {
    step: 'post-file-comment',
    key: comment.finding,
    find: async () => {
      const threads = await pull.reader.ownThreads()
      const thread = threads.find((t) =>
        readMarkers(t.body, 'finding', scope, markerKeys).includes(comment.finding),
      )
      return thread?.id ?? null
    },
    write: async () => {
      const { path, body } = comment
      const outcome = await writer.postFileComment({ headSha: plan.headSha, path, body })
      if (outcome.kind === 'posted') return String(outcome.id)
      if (outcome.because === 'forbidden') throw forbidden(outcome.detail)
      // Every finding also stands in the summary, so a refused place loses none.
      needs.log.warn({ because: outcome.because, detail: outcome.detail }, 'file comment refused')
      return REFUSED
    },
  })
}

async function postSummary(
  needs: PublishNeeds,
  writer: PullWriter,
  plan: Plan,
  comments: () => Promise<readonly OwnPost[]>,
): Promise<void> {
  const { run, scope, markerKeys } = needs
  const sign = marker('summary', run.key, scope, markerKeys)
  const body = `${plan.summary.body}\n\n${sign}`
  const ours = (post: OwnPost) => readMarkers(post.body, 'summary', scope, markerKeys)
  const find = async () => (await comments()).find((post) => ours(post).length > 0)
  if (!plan.summary.create && !plan.summary.update) return
  const existing = await find()
  if (existing === undefined && !plan.summary.create) return
  // What stands there is known; only a comment that was sent before and is not seen is looked for.
  const look = firstly(Promise.resolve(existing), find)
  const id = await effectOnce(needs, {
    step: 'post-summary',
    find: async () => ((await look())?.id ?? null)?.toString() ?? null,
    write: async () => String(await writer.createComment(body)),
  })
  if (existing !== undefined && !ours(existing).includes(run.key))
    await writer.updateComment(Number(id), body)
}

/** Best effort: a thread that stays as it is harms nobody, and GitHub may refuse it to an app. */
async function settleThreads(needs: PublishNeeds, writer: PullWriter, plan: Plan): Promise<void> {
  const turns = [
    ...plan.resolve.map((id) => ({
      id,
      step: 'resolve-thread' as const,
      turn: writer.resolveThread,
    })),
    ...plan.reopen.map((id) => ({ id, step: 'reopen-thread' as const, turn: writer.reopenThread })),
  ]
  for (const { id, step, turn } of turns) {
    const known = await needs.run.effect(step, id)
    if (known?.status === 'done') continue
    await needs.run.intend(step, id)
    try {
      await turn(id)
      await needs.run.done(step, id, id)
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      needs.log.warn({ because: failure.message, step }, 'thread left as it was')
      if (failure.code === 'github.rate-limited') return
    }
  }
}

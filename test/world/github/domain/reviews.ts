import type { DiffFile } from '../git/diff.ts'
import { type AnchorRequest, findAnchor, lineAtPosition, parseHunks } from '../git/hunks.ts'
import type {
  Anchor,
  PullRequest,
  Repository,
  Review,
  ReviewComment,
  ReviewState,
  Side,
  State,
  Thread,
  User,
} from '../state.ts'
import { emitReview, emitReviewComment } from './events.ts'
import { diffBase, isPullCommit, pullFiles } from './pull-data.ts'
import type { PullAct } from './pulls.ts'

/** A comment as a client asks for it. */
export type CommentOrder = {
  path: string
  body: string
  position?: number | undefined
  line?: number | undefined
  side?: string | undefined
  start_line?: number | null | undefined
  start_side?: string | null | undefined
  subject_type?: string | undefined
}

/** Why a comment cannot be placed, in the words GitHub uses for each endpoint. */
type Refusal = { field: string; message: string }

type Placed = { order: CommentOrder; anchor: Anchor }
type PlaceResult = { ok: true; placed: Placed } | { ok: false; refusal: Refusal }

const REFUSALS = {
  line: { field: 'line', message: 'Line could not be resolved' },
  'start-line': { field: 'start_line', message: 'Start line could not be resolved' },
  order: { field: 'start_line', message: 'Start line must precede the end line.' },
  hunk: { field: 'start_line', message: 'Start line must be part of the same hunk as the line.' },
  path: { field: 'path', message: 'Path could not be resolved' },
} as const

function sideOf(side: string | null | undefined): Side | null {
  if (side === 'LEFT' || side === 'RIGHT') return side
  // "side" is a synonym for the default in start_side.
  return null
}

function anchorRequest(order: CommentOrder, file: DiffFile): AnchorRequest | null {
  if (order.line === undefined) {
    return order.position === undefined
      ? null
      : lineAtPosition(parseHunks(file.patch ?? ''), order.position)
  }
  const side = sideOf(order.side) ?? 'RIGHT'
  const startLine = order.start_line ?? null
  return {
    line: order.line,
    side,
    startLine,
    startSide: startLine === null ? null : (sideOf(order.start_side) ?? side),
  }
}

function fileAnchor(file: DiffFile, commits: { commit: string; baseCommit: string }): Anchor {
  return {
    ...commits,
    line: null,
    startLine: null,
    side: 'RIGHT',
    startSide: null,
    position: 1,
    diffHunk: file.patch === null ? '' : (file.patch.split('\n')[0] ?? ''),
    subjectType: 'file',
  }
}

/** Checks one comment against the diff at a commit, as strictly as GitHub does. */
function placeComment(
  order: CommentOrder,
  files: DiffFile[],
  commits: { commit: string; baseCommit: string },
): PlaceResult {
  const file = files.find((each) => each.path === order.path)
  if (file === undefined) return { ok: false, refusal: REFUSALS.path }
  if (order.subject_type === 'file') {
    return { ok: true, placed: { order, anchor: fileAnchor(file, commits) } }
  }
  const request = anchorRequest(order, file)
  if (request === null) return { ok: false, refusal: REFUSALS.line }
  const found = findAnchor(parseHunks(file.patch ?? ''), request)
  if (!found.ok) return { ok: false, refusal: REFUSALS[found.because] }
  const { position, diffHunk } = found
  const anchor: Anchor = { ...commits, ...request, position, diffHunk, subjectType: 'line' }
  return { ok: true, placed: { order, anchor } }
}

function newComment(
  state: State,
  order: { author: User; body: string; reviewId: number; inReplyTo: number | null },
): ReviewComment {
  return {
    id: state.nextId(),
    ...order,
    createdAt: state.now(),
    updatedAt: state.now(),
    reactions: [],
    minimized: null,
  }
}

async function startThread(act: PullAct, placed: Placed, reviewId: number): Promise<Thread> {
  const { anchor, order } = placed
  const isCurrent = anchor.commit === act.pull.head.sha
  const thread: Thread = {
    id: act.state.nextId(),
    path: order.path,
    origin: anchor,
    current: isCurrent
      ? {
          line: anchor.line,
          startLine: anchor.startLine,
          position: anchor.subjectType === 'file' ? null : anchor.position,
        }
      : null,
    resolvedBy: null,
    comments: [
      newComment(act.state, { author: act.sender, body: order.body, reviewId, inReplyTo: null }),
    ],
  }
  act.pull.threads.push(thread)
  return thread
}

export type ReviewOrder = {
  body: string
  state: ReviewState
  commit: string
  comments: CommentOrder[]
}

export type ReviewResult = { ok: true; review: Review } | { ok: false; errors: Refusal[] }

/** GitHub allows one pending review per person and pull request. */
function pendingReviewOf(pull: PullRequest, user: User): Review | undefined {
  return pull.reviews.find((each) => each.author.id === user.id && each.state === 'PENDING')
}

async function refusalsBeforeComments(act: PullAct, order: ReviewOrder): Promise<Refusal[]> {
  const refusal = (field: string, message: string): Refusal[] => [{ field, message }]
  const isOwn = act.pull.author.id === act.sender.id
  if (pendingReviewOf(act.pull, act.sender) !== undefined) {
    return refusal('user_id', 'User can only have one pending review per pull request')
  }
  if (isOwn && order.state === 'APPROVED') {
    return refusal('event', 'Can not approve your own pull request')
  }
  if (isOwn && order.state === 'CHANGES_REQUESTED') {
    return refusal('event', 'Can not request changes on your own pull request')
  }
  const needsBody = order.state === 'CHANGES_REQUESTED' || order.state === 'COMMENTED'
  if (needsBody && order.body === '' && order.comments.length === 0) {
    return refusal('body', "Body can't be blank")
  }
  const isKnown = await isPullCommit(act.repository, act.pull, order.commit)
  return isKnown ? [] : refusal('commit_id', 'commit_id is not part of the pull request')
}

/** Creates a review with all its comments, or nothing when one of them cannot be placed. */
export async function createReview(act: PullAct, order: ReviewOrder): Promise<ReviewResult> {
  const early = await refusalsBeforeComments(act, order)
  if (early.length > 0) return { ok: false, errors: early }
  const files = await pullFiles(act.repository, act.pull, order.commit)
  const baseCommit = await diffBase(act.repository, act.pull, order.commit)
  const results = order.comments.map((each) =>
    placeComment(each, files, { commit: order.commit, baseCommit }),
  )
  const errors = results.flatMap((each) => (each.ok ? [] : [each.refusal]))
  if (errors.length > 0) return { ok: false, errors }
  const review: Review = {
    id: act.state.nextId(),
    author: act.sender,
    body: order.body,
    state: order.state,
    commit: order.commit,
    submittedAt: order.state === 'PENDING' ? null : act.state.now(),
    minimized: null,
  }
  act.pull.reviews.push(review)
  const threads: Thread[] = []
  for (const each of results)
    if (each.ok) threads.push(await startThread(act, each.placed, review.id))
  if (order.state !== 'PENDING') await announceReview(act, review, threads)
  return { ok: true, review }
}

async function announceReview(act: PullAct, review: Review, threads: Thread[]): Promise<void> {
  act.pull.updatedAt = act.state.now()
  await emitReview(act, act.pull, review, 'submitted')
  for (const thread of threads) {
    for (const comment of thread.comments) {
      if (comment.reviewId === review.id) await emitReviewComment(act, act.pull, thread, comment)
    }
  }
}

/** Submits a pending review. */
export async function submitReview(
  act: PullAct,
  review: Review,
  order: { state: ReviewState; body: string },
): Promise<void> {
  review.state = order.state
  review.body = order.body
  review.submittedAt = act.state.now()
  const threads = act.pull.threads.filter((each) =>
    each.comments.some((one) => one.reviewId === review.id),
  )
  await announceReview(act, review, threads)
}

/** Deletes a review that was never submitted, with its comments. */
export function deletePendingReview(pull: PullRequest, review: Review): void {
  pull.reviews = pull.reviews.filter((each) => each !== review)
  for (const thread of pull.threads) {
    thread.comments = thread.comments.filter((each) => each.reviewId !== review.id)
  }
  pull.threads = pull.threads.filter((each) => each.comments.length > 0)
}

export type SingleCommentResult =
  | { ok: true; thread: Thread; comment: ReviewComment }
  | { ok: false; errors: Refusal[] }

function singleReview(act: PullAct, commit: string): Review {
  const review: Review = {
    id: act.state.nextId(),
    author: act.sender,
    body: '',
    state: 'COMMENTED',
    commit,
    submittedAt: act.state.now(),
    minimized: null,
  }
  act.pull.reviews.push(review)
  return review
}

/** A comment outside a review; GitHub wraps it into a review of its own. */
export async function createSingleComment(
  act: PullAct,
  order: CommentOrder & { commit: string },
): Promise<SingleCommentResult> {
  const early = await refusalsBeforeComments(act, {
    body: order.body,
    state: 'COMMENTED',
    commit: order.commit,
    comments: [order],
  })
  if (early.length > 0) return { ok: false, errors: early }
  const files = await pullFiles(act.repository, act.pull, order.commit)
  const baseCommit = await diffBase(act.repository, act.pull, order.commit)
  const result = placeComment(order, files, { commit: order.commit, baseCommit })
  if (!result.ok) return { ok: false, errors: [result.refusal] }
  const review = singleReview(act, order.commit)
  const thread = await startThread(act, result.placed, review.id)
  await announceReview(act, review, [thread])
  const [comment] = thread.comments
  if (comment === undefined) throw new Error('A new thread has its first comment')
  return { ok: true, thread, comment }
}

/** An answer in a thread; refused while the author has a pending review. */
export async function replyInThread(
  act: PullAct,
  thread: Thread,
  body: string,
): Promise<SingleCommentResult> {
  if (pendingReviewOf(act.pull, act.sender) !== undefined) {
    const message = 'User can only have one pending review per pull request'
    return { ok: false, errors: [{ field: 'user_id', message }] }
  }
  const review = singleReview(act, thread.origin.commit)
  const inReplyTo = thread.comments[0]?.id ?? null
  const comment = newComment(act.state, {
    author: act.sender,
    body,
    reviewId: review.id,
    inReplyTo,
  })
  thread.comments.push(comment)
  await announceReview(act, review, [thread])
  return { ok: true, thread, comment }
}

/** The thread and the place of a review comment in a repository. */
export function findReviewComment(
  repository: Repository,
  id: number,
): { pull: PullRequest; thread: Thread; comment: ReviewComment } | null {
  for (const pull of repository.pulls) {
    for (const thread of pull.threads) {
      const comment = thread.comments.find((each) => each.id === id)
      if (comment !== undefined) return { pull, thread, comment }
    }
  }
  return null
}

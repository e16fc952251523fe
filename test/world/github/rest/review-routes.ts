import {
  type CommentOrder,
  createReview,
  createSingleComment,
  deletePendingReview,
  findReviewComment,
  replyInThread,
  type SingleCommentResult,
  submitReview,
} from '../domain/reviews.ts'
import {
  type PullRequest,
  type Review,
  type ReviewComment,
  type ReviewState,
  type Thread,
  visible,
} from '../state.ts'
import {
  bodyOf,
  type Call,
  notFound,
  numberParam,
  pageReply,
  type Reply,
  type Route,
  unprocessable,
  validationFailed,
} from './call.ts'
import { pullOfPath, refuseWhenLocked } from './pull-routes.ts'
import { reviewCommentView, reviewView } from './review-views.ts'

type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT'

const STATE_OF: Record<ReviewEvent, ReviewState> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
}

type NewReviewBody = {
  commit_id?: string
  body?: string
  event?: ReviewEvent
  comments?: CommentOrder[]
}

function view(call: Call, pull: PullRequest, review: Review): unknown {
  return reviewView(call.state, call.repository, pull, review)
}

/** A pending review is seen by its author alone. */
function canSee(call: Call, review: Review): boolean {
  return review.state !== 'PENDING' || review.author.id === call.actor.id
}

function reviewOfPath(call: Call, pull: PullRequest): Review {
  const id = numberParam(call, 'review_id')
  const found = pull.reviews.find((each) => each.id === id && canSee(call, each))
  if (found === undefined) throw notFound()
  return found
}

async function create(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  refuseWhenLocked(pull)
  const body = bodyOf<NewReviewBody>(call)
  const result = await createReview(
    { state: call.state, repository: call.repository, pull, sender: call.actor },
    {
      body: body.body ?? '',
      state: body.event === undefined ? 'PENDING' : STATE_OF[body.event],
      commit: body.commit_id ?? pull.head.sha,
      comments: body.comments ?? [],
    },
  )
  if (!result.ok) throw unprocessable(result.errors.map((each) => each.message))
  return { status: 200, body: view(call, pull, result.review), created: result.review }
}

function list(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  const seen = visible(
    call.state,
    pull.reviews.filter((each) => canSee(call, each)),
  )
  return pageReply(call, seen, (each) => view(call, pull, each))
}

function update(call: Call): Reply {
  const pull = pullOfPath(call)
  const review = reviewOfPath(call, pull)
  if (review.author.id !== call.actor.id) throw unprocessable(['Can not update review'])
  review.body = bodyOf<{ body: string }>(call).body
  return { status: 200, body: view(call, pull, review) }
}

function remove(call: Call): Reply {
  const pull = pullOfPath(call)
  const review = reviewOfPath(call, pull)
  if (review.state !== 'PENDING')
    throw unprocessable(['Can not delete a non-pending pull request review'])
  const body = view(call, pull, review)
  deletePendingReview(pull, review)
  return { status: 200, body }
}

async function submit(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  const review = reviewOfPath(call, pull)
  const body = bodyOf<{ body?: string; event: ReviewEvent }>(call)
  const isOwn = pull.author.id === call.actor.id
  if (review.state !== 'PENDING')
    throw unprocessable(['Can not submit a review that is not pending'])
  if (isOwn && body.event === 'APPROVE')
    throw unprocessable(['Can not approve your own pull request'])
  const act = { state: call.state, repository: call.repository, pull, sender: call.actor }
  await submitReview(act, review, { state: STATE_OF[body.event], body: body.body ?? review.body })
  return { status: 200, body: view(call, pull, review) }
}

function dismiss(call: Call): Reply {
  const pull = pullOfPath(call)
  const review = reviewOfPath(call, pull)
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw unprocessable([`Can not dismiss a ${review.state.toLowerCase()} pull request review`])
  }
  review.state = 'DISMISSED'
  return { status: 200, body: view(call, pull, review) }
}

type Shown = { thread: Thread; comment: ReviewComment }

/** Comments of submitted reviews, oldest first. */
function submittedComments(pull: PullRequest): Shown[] {
  const submitted = new Set(
    pull.reviews.filter((each) => each.state !== 'PENDING').map((each) => each.id),
  )
  return pull.threads
    .flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })))
    .filter((each) => submitted.has(each.comment.reviewId))
    .sort((a, b) => a.comment.id - b.comment.id)
}

function commentView(call: Call, pull: PullRequest, shown: Shown): unknown {
  return reviewCommentView(call.state, call.repository, pull, shown.thread, shown.comment)
}

function listComments(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  const shown = submittedComments(pull)
  const seen = new Set(
    visible(
      call.state,
      shown.map((each) => each.comment),
    ),
  )
  const items = shown.filter((each) => seen.has(each.comment))
  const ordered = call.query['direction'] === 'desc' ? items.toReversed() : items
  return pageReply(call, ordered, (each) => commentView(call, pull, each))
}

function listReviewComments(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  const review = reviewOfPath(call, pull)
  const shown = pull.threads
    .flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })))
    .filter((each) => each.comment.reviewId === review.id)
  return pageReply(call, shown, (each) => commentView(call, pull, each))
}

function commentReply(call: Call, pull: PullRequest, result: SingleCommentResult): Reply {
  if (!result.ok) {
    const errors = result.errors.map((each) => ({
      resource: 'PullRequestReviewComment',
      code: 'custom',
      field: `pull_request_review_thread.${each.field}`,
      message: `pull_request_review_thread.${each.field} ${each.message}`,
    }))
    throw validationFailed(errors)
  }
  return { status: 201, body: commentView(call, pull, result), created: result.comment }
}

async function createComment(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  refuseWhenLocked(pull)
  const body = bodyOf<CommentOrder & { commit_id: string; in_reply_to?: number }>(call)
  const act = { state: call.state, repository: call.repository, pull, sender: call.actor }
  return commentReply(
    call,
    pull,
    await createSingleComment(act, { ...body, commit: body.commit_id }),
  )
}

async function reply(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  refuseWhenLocked(pull)
  const found = findReviewComment(call.repository, numberParam(call, 'comment_id'))
  // Only the first comment of a thread can be answered.
  if (found === null || found.pull !== pull || found.comment.inReplyTo !== null) throw notFound()
  const act = { state: call.state, repository: call.repository, pull, sender: call.actor }
  return commentReply(
    call,
    pull,
    await replyInThread(act, found.thread, bodyOf<{ body: string }>(call).body),
  )
}

function commentOfPath(call: Call): Shown & { pull: PullRequest } {
  const found = findReviewComment(call.repository, numberParam(call, 'comment_id'))
  if (found === null) throw notFound()
  return found
}

function editComment(call: Call): Reply {
  const found = commentOfPath(call)
  if (found.comment.author.id !== call.actor.id) throw notFound()
  found.comment.body = bodyOf<{ body: string }>(call).body
  found.comment.updatedAt = call.state.now()
  return { status: 200, body: commentView(call, found.pull, found) }
}

function deleteComment(call: Call): Reply {
  const { pull, thread, comment } = commentOfPath(call)
  thread.comments = thread.comments.filter((each) => each !== comment)
  if (thread.comments.length === 0) pull.threads = pull.threads.filter((each) => each !== thread)
  return { status: 204 }
}

const REVIEWS = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews'
const COMMENTS = '/repos/{owner}/{repo}/pulls/{pull_number}/comments'
const COMMENT = '/repos/{owner}/{repo}/pulls/comments/{comment_id}'
const READ: Route['access'] = [{ pull_requests: 'read' }]
const WRITE: Route['access'] = [{ pull_requests: 'write' }]

export const reviewRoutes: Route[] = [
  { operation: `GET ${REVIEWS}`, access: READ, handle: list },
  { operation: `POST ${REVIEWS}`, access: WRITE, handle: create },
  {
    operation: `GET ${REVIEWS}/{review_id}`,
    access: READ,
    handle: (call) => {
      const pull = pullOfPath(call)
      return { status: 200, body: view(call, pull, reviewOfPath(call, pull)) }
    },
  },
  { operation: `PUT ${REVIEWS}/{review_id}`, access: WRITE, handle: update },
  { operation: `DELETE ${REVIEWS}/{review_id}`, access: WRITE, handle: remove },
  { operation: `POST ${REVIEWS}/{review_id}/events`, access: WRITE, handle: submit },
  { operation: `PUT ${REVIEWS}/{review_id}/dismissals`, access: WRITE, handle: dismiss },
  { operation: `GET ${REVIEWS}/{review_id}/comments`, access: READ, handle: listReviewComments },
  { operation: `GET ${COMMENTS}`, access: READ, handle: listComments },
  { operation: `POST ${COMMENTS}`, access: WRITE, handle: createComment },
  { operation: `POST ${COMMENTS}/{comment_id}/replies`, access: WRITE, handle: reply },
  {
    operation: `GET ${COMMENT}`,
    access: READ,
    handle: (call) => {
      const found = commentOfPath(call)
      return { status: 200, body: commentView(call, found.pull, found) }
    },
  },
  { operation: `PATCH ${COMMENT}`, access: WRITE, handle: editComment },
  { operation: `DELETE ${COMMENT}`, access: WRITE, handle: deleteComment },
]

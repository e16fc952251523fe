import type { Commit } from '../git/repository.ts'
import {
  checkRunView,
  checkSuiteView,
  reviewCommentView,
  reviewView,
} from '../rest/review-views.ts'
import {
  issueCommentView,
  issueView,
  pullView,
  repositoryHtml,
  userView,
  type View,
} from '../rest/views.ts'
import {
  type CheckRun,
  type CheckSuite,
  type Issue,
  type IssueComment,
  installationOf,
  nodeId,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
  type State,
  type Thread,
  type User,
} from '../state.ts'
import { pullNumbers } from './pull-data.ts'

/** Who did what: the part that all events of a repository share. */
export type Happening = { state: State; repository: Repository; sender: User }

/** Tells the app about an event in a repository, if the app is installed there. */
export function emit(
  happening: Happening,
  event: string,
  action: string | null,
  payload: Record<string, unknown>,
): void {
  const { state, repository, sender } = happening
  const installation = installationOf(state, repository)
  state.emit({ event, action, installation, repository, sender, payload })
}

export async function emitPull(
  happening: Happening,
  pull: PullRequest,
  action: string,
  extra: Record<string, unknown> = {},
): Promise<void> {
  const { state, repository } = happening
  const numbers = await pullNumbers(repository, pull)
  const view = pullView(state, repository, pull, numbers)
  emit(happening, 'pull_request', action, { number: pull.number, pull_request: view, ...extra })
}

export function emitIssueComment(
  happening: Happening,
  issue: Issue,
  comment: IssueComment,
  action: string,
  extra: Record<string, unknown> = {},
): void {
  const { state, repository } = happening
  emit(happening, 'issue_comment', action, {
    ...extra,
    issue: issueView(state, repository, issue),
    comment: issueCommentView(state, repository, comment),
  })
}

/** Events about reviews carry a pull request without the numbers that need git. */
async function shortPull(happening: Happening, pull: PullRequest): Promise<View> {
  const { state, repository } = happening
  const { merged: _merged, ...view } = pullView(
    state,
    repository,
    pull,
    await pullNumbers(repository, pull),
  )
  return view
}

export async function emitReview(
  happening: Happening,
  pull: PullRequest,
  review: Review,
  action: string,
): Promise<void> {
  const { state, repository } = happening
  const view = reviewView(state, repository, pull, review)
  emit(happening, 'pull_request_review', action, {
    // Unlike REST, events write the state in lower case.
    review: { ...view, state: review.state.toLowerCase() },
    pull_request: await shortPull(happening, pull),
  })
}

export async function emitReviewComment(
  happening: Happening,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
): Promise<void> {
  const { state, repository } = happening
  emit(happening, 'pull_request_review_comment', 'created', {
    comment: reviewCommentView(state, repository, pull, thread, comment),
    pull_request: await shortPull(happening, pull),
  })
}

export async function emitThread(
  happening: Happening,
  pull: PullRequest,
  thread: Thread,
  action: 'resolved' | 'unresolved',
): Promise<void> {
  const { state, repository } = happening
  const comments = thread.comments.map((each) =>
    reviewCommentView(state, repository, pull, thread, each),
  )
  emit(happening, 'pull_request_review_thread', action, {
    thread: { node_id: nodeId('PRRT', thread.id), comments },
    pull_request: await shortPull(happening, pull),
  })
}

export function emitCheckRun(
  happening: Happening,
  run: CheckRun,
  action: string,
  extra: Record<string, unknown> = {},
): void {
  const { state, repository } = happening
  const view = checkRunView(state, repository, run)
  emit(happening, 'check_run', action, {
    check_run: { ...view, check_suite: checkSuiteView(state, repository, run.suite) },
    ...extra,
  })
}

export async function emitCheckSuite(
  happening: Happening,
  suite: CheckSuite,
  action: string,
): Promise<void> {
  const { state, repository } = happening
  const commit = await repository.git.readCommit(suite.headSha)
  const {
    distinct: _distinct,
    url: _url,
    ...head
  } = commit === null ? {} : pushedCommit(repositoryHtml(state, repository), commit)
  const view = { ...checkSuiteView(state, repository, suite), head_commit: head }
  emit(happening, 'check_suite', action, { check_suite: view })
}

const ZERO = '0'.repeat(40)

function pushedCommit(html: string, commit: Commit): View {
  return {
    id: commit.oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.author.date,
    url: `${html}/commit/${commit.oid}`,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: [],
    removed: [],
    modified: [],
  }
}

/** GitHub lists at most this many commits in a `push` event. */
const MAX_PUSHED_COMMITS = 2048

export async function emitPush(
  happening: Happening,
  push: { ref: string; before: string | null; after: string | null },
): Promise<void> {
  const { state, repository, sender } = happening
  const html = repositoryHtml(state, repository)
  const { before, after } = push
  const isForced =
    before !== null && after !== null && !(await repository.git.isAncestor(before, after))
  const range = { limit: MAX_PUSHED_COMMITS, ...(before === null ? {} : { from: before }) }
  const commits = after === null ? [] : await repository.git.log(after, range)
  const views = commits.toReversed().map((each) => pushedCommit(html, each))
  emit(happening, 'push', null, {
    ref: push.ref,
    before: before ?? ZERO,
    after: after ?? ZERO,
    base_ref: null,
    created: before === null,
    deleted: after === null,
    forced: isForced,
    compare: `${html}/compare/${(before ?? ZERO).slice(0, 12)}...${(after ?? ZERO).slice(0, 12)}`,
    commits: views,
    head_commit: views.at(-1) ?? null,
    pusher: { name: sender.login, email: sender.email },
  })
}

/** The account as the sender of an event. */
export function senderView(state: State, sender: User): View {
  return userView(state, sender)
}

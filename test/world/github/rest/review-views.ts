import {
  type Annotation,
  type CheckRun,
  type CheckSuite,
  iso,
  nodeId,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
  type State,
  type Thread,
} from '../state.ts'
import {
  appView,
  associationOf,
  reactionCounts,
  repositoryApi,
  repositoryHtml,
  userView,
  type View,
} from './views.ts'

export function reviewView(
  state: State,
  repository: Repository,
  pull: PullRequest,
  review: Review,
): View {
  const pullUrl = `${repositoryApi(state, repository)}/pulls/${pull.number}`
  const html = `${repositoryHtml(state, repository)}/pull/${pull.number}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: userView(state, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    ...(review.submittedAt === null ? {} : { submitted_at: iso(review.submittedAt) }),
    commit_id: review.commit,
    author_association: associationOf(repository, review.author),
  }
}

/** A review comment; an outdated one has no line any more but keeps its original line. */
export function reviewCommentView(
  state: State,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
): View {
  const url = `${repositoryApi(state, repository)}/pulls/comments/${comment.id}`
  const pullUrl = `${repositoryApi(state, repository)}/pulls/${pull.number}`
  const html = `${repositoryHtml(state, repository)}/pull/${pull.number}#discussion_r${comment.id}`
  const { origin } = thread
  const isFile = origin.subjectType === 'file'
  const lines = {
    start_line: thread.current?.startLine ?? null,
    original_start_line: origin.startLine,
    start_side: origin.startSide,
    line: thread.current?.line ?? null,
    original_line: origin.line,
    side: origin.side,
  }
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: origin.diffHunk,
    path: thread.path,
    position: isFile ? 1 : (thread.current?.position ?? null),
    original_position: origin.position,
    commit_id: thread.current === null ? origin.commit : pull.head.sha,
    original_commit_id: origin.commit,
    user: userView(state, comment.author),
    body: comment.body,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    html_url: html,
    pull_request_url: pullUrl,
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    author_association: associationOf(repository, comment.author),
    reactions: reactionCounts(`${url}/reactions`, comment.reactions),
    subject_type: origin.subjectType,
    // A file-level comment has none of these fields.
    ...(isFile ? {} : lines),
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
  }
}

function ownerApp(state: State, appId: number): View {
  if (appId === state.app.id) return appView(state, state.app)
  const foreign = state.foreignApps.get(appId)
  return appView(state, { ...state.app, ...foreign, events: [], permissions: { checks: 'write' } })
}

/** Open pull requests of this repository at a commit; for forks GitHub leaves this empty. */
function pullsAt(state: State, repository: Repository, sha: string): View[] {
  const api = repositoryApi(state, repository)
  const repo = { id: repository.id, url: api, name: repository.name }
  return repository.pulls
    .filter(
      (each) =>
        each.state === 'open' && each.head.sha === sha && each.head.repositoryId === repository.id,
    )
    .map((each) => ({
      id: each.id,
      number: each.number,
      url: `${api}/pulls/${each.number}`,
      head: { ref: each.head.branch, sha: each.head.sha, repo },
      base: { ref: each.base.branch, sha: each.base.sha, repo },
    }))
}

export function checkRunView(state: State, repository: Repository, run: CheckRun): View {
  const url = `${repositoryApi(state, repository)}/check-runs/${run.id}`
  const html = `${repositoryHtml(state, repository)}/runs/${run.id}`
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    name: run.name,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: ownerApp(state, run.appId),
    pull_requests: pullsAt(state, repository, run.headSha),
  }
}

export function annotationView(
  state: State,
  repository: Repository,
  run: CheckRun,
  each: Annotation,
): View {
  return {
    path: each.path,
    blob_href: `${repositoryHtml(state, repository)}/blob/${run.headSha}/${each.path}`,
    start_line: each.start_line,
    end_line: each.end_line,
    start_column: each.start_column ?? null,
    end_column: each.end_column ?? null,
    annotation_level: each.annotation_level,
    title: each.title ?? null,
    message: each.message,
    raw_details: each.raw_details ?? null,
  }
}

/** A check suite as `check_suite` and `check_run` events carry it. */
export function checkSuiteView(state: State, repository: Repository, suite: CheckSuite): View {
  const runs = repository.checkRuns.filter((each) => each.suite === suite)
  const isDone = runs.length > 0 && runs.every((each) => each.status === 'completed')
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.branch,
    head_sha: suite.headSha,
    status: isDone ? 'completed' : 'queued',
    conclusion: isDone ? (runs.at(-1)?.conclusion ?? null) : null,
    url: `${repositoryApi(state, repository)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsAt(state, repository, suite.headSha),
    app: ownerApp(state, suite.appId),
    created_at: iso(state.now()),
    updated_at: iso(state.now()),
    latest_check_runs_count: runs.length,
    check_runs_url: `${repositoryApi(state, repository)}/check-suites/${suite.id}/check-runs`,
  }
}

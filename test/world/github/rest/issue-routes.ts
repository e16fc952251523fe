import {
  addIssueComment,
  deleteIssueComment,
  editIssueComment,
  issueNumbered,
  openIssue,
  react,
} from '../domain/comments.ts'
import { findReviewComment } from '../domain/reviews.ts'
import { type Issue, type IssueComment, iso, type Reaction, visible } from '../state.ts'
import {
  bodyOf,
  type Call,
  GitHubError,
  notFound,
  numberParam,
  pageReply,
  type Reply,
  type Route,
} from './call.ts'
import { refuseWhenLocked } from './pull-routes.ts'
import { issueCommentView, issueView, reactionView } from './views.ts'

/** Measured limit of an issue comment; GitHub's error speaks of characters. */
const MAX_COMMENT_BYTES = 262_144

function issueOfPath(call: Call): Issue {
  const found = issueNumbered(call.repository, numberParam(call, 'issue_number'))
  if (found === undefined) throw notFound()
  return found
}

function commentOfPath(call: Call): IssueComment {
  const id = numberParam(call, 'comment_id')
  const found = call.repository.issueComments.find((each) => each.id === id)
  if (found === undefined) throw notFound()
  return found
}

function view(call: Call, comment: IssueComment): unknown {
  return issueCommentView(call.state, call.repository, comment)
}

function happening(call: Call): Parameters<typeof addIssueComment>[0] {
  return { state: call.state, repository: call.repository, sender: call.actor }
}

function refuseTooLong(body: string): void {
  if (Buffer.byteLength(body) <= MAX_COMMENT_BYTES) return
  const message = 'body is too long (maximum is 65536 characters)'
  throw new GitHubError(422, 'Validation Failed', {
    fields: {
      errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
    },
  })
}

function create(call: Call): Reply {
  const issue = issueOfPath(call)
  refuseWhenLocked(issue)
  const { body } = bodyOf<{ body: string }>(call)
  refuseTooLong(body)
  const comment = addIssueComment(happening(call), issue, body)
  return { status: 201, body: view(call, comment), created: comment }
}

function open(call: Call): Reply {
  const { title, body } = bodyOf<{ title: string; body?: string }>(call)
  const issue = openIssue(call.state, call.repository, call.actor, { title, body: body ?? null })
  return { status: 201, body: issueView(call.state, call.repository, issue), created: issue }
}

/** Pull requests are issues too, and stand among them; the newest comes first unless told. */
function listIssues(call: Call): Promise<Reply> {
  const { state: wanted = 'open', creator, direction = 'desc' } = call.query
  const all = [...call.repository.issues, ...call.repository.pulls]
    .filter((each) => wanted === 'all' || each.state === wanted)
    .filter((each) => creator === undefined || each.author.login === creator)
    .sort((a, b) => (direction === 'asc' ? a.number - b.number : b.number - a.number))
  return pageReply(call, visible(call.state, all), (each) =>
    issueView(call.state, call.repository, each),
  )
}

/** Whoever may write issues may change each of them. */
function update(call: Call): Reply {
  const issue = issueOfPath(call)
  const { title, body, state } = bodyOf<{
    title?: string
    body?: string
    state?: 'open' | 'closed'
  }>(call)
  issue.title = title ?? issue.title
  issue.body = body ?? issue.body
  issue.state = state ?? issue.state
  issue.updatedAt = call.state.now()
  return { status: 200, body: issueView(call.state, call.repository, issue) }
}

function list(call: Call): Promise<Reply> {
  const { number } = issueOfPath(call)
  const since = call.query['since']
  const isWanted = (each: IssueComment): boolean =>
    each.number === number && (since === undefined || iso(each.updatedAt) >= since)
  const found = visible(call.state, call.repository.issueComments.filter(isWanted))
  return pageReply(call, found, (each) => view(call, each))
}

function edit(call: Call): Reply {
  const comment = commentOfPath(call)
  if (comment.author.id !== call.actor.id) {
    throw new GitHubError(403, 'Resource not accessible by integration')
  }
  const { body } = bodyOf<{ body: string }>(call)
  refuseTooLong(body)
  editIssueComment(happening(call), comment, body)
  return { status: 200, body: view(call, comment) }
}

function remove(call: Call): Reply {
  deleteIssueComment(happening(call), commentOfPath(call))
  return { status: 204 }
}

function reviewCommentOfPath(call: Call): { reactions: Reaction[] } {
  const found = findReviewComment(call.repository, numberParam(call, 'comment_id'))
  if (found === null) throw notFound()
  return found.comment
}

function addReaction(call: Call, target: { reactions: Reaction[] }): Reply {
  const { content } = bodyOf<{ content: string }>(call)
  const { reaction, isNew } = react(call.state, target, call.actor, content)
  return { status: isNew ? 201 : 200, body: reactionView(call.state, reaction) }
}

function listReactions(call: Call, target: { reactions: Reaction[] }): Promise<Reply> {
  const { content } = call.query
  const wanted = target.reactions.filter(
    (each) => content === undefined || each.content === content,
  )
  return pageReply(call, wanted, (each) => reactionView(call.state, each))
}

const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}'
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
const REVIEW_COMMENT = '/repos/{owner}/{repo}/pulls/comments/{comment_id}'
const READ: Route['access'] = [{ issues: 'read' }, { pull_requests: 'read' }]
const WRITE: Route['access'] = [{ issues: 'write' }, { pull_requests: 'write' }]

const ISSUES = '/repos/{owner}/{repo}/issues'

export const issueRoutes: Route[] = [
  { operation: `GET ${ISSUES}`, access: READ, handle: listIssues },
  { operation: `POST ${ISSUES}`, access: [{ issues: 'write' }], handle: open },
  { operation: `PATCH ${ISSUE}`, access: WRITE, handle: update },
  {
    operation: `GET ${ISSUE}`,
    access: READ,
    handle: (call) => ({
      status: 200,
      body: issueView(call.state, call.repository, issueOfPath(call)),
    }),
  },
  { operation: `GET ${ISSUE}/comments`, access: READ, handle: list },
  { operation: `POST ${ISSUE}/comments`, access: WRITE, handle: create },
  {
    operation: `GET ${COMMENT}`,
    access: READ,
    handle: (call) => ({ status: 200, body: view(call, commentOfPath(call)) }),
  },
  { operation: `PATCH ${COMMENT}`, access: WRITE, handle: edit },
  { operation: `DELETE ${COMMENT}`, access: WRITE, handle: remove },
  {
    operation: `GET ${COMMENT}/reactions`,
    access: READ,
    handle: (call) => listReactions(call, commentOfPath(call)),
  },
  {
    operation: `POST ${COMMENT}/reactions`,
    access: WRITE,
    handle: (call) => addReaction(call, commentOfPath(call)),
  },
  {
    operation: `GET ${REVIEW_COMMENT}/reactions`,
    access: [{ pull_requests: 'read' }],
    handle: (call) => listReactions(call, reviewCommentOfPath(call)),
  },
  {
    operation: `POST ${REVIEW_COMMENT}/reactions`,
    access: [{ pull_requests: 'write' }],
    handle: (call) => addReaction(call, reviewCommentOfPath(call)),
  },
]

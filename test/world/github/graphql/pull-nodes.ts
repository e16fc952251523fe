import { pullFiles, pullNumbers } from '../domain/pull-data.ts'
import { associationOf, repositoryHtml } from '../rest/views.ts'
import {
  fullName,
  type IssueComment,
  iso,
  nodeId,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
  repositoryById,
  type Thread,
  type User,
  visible,
} from '../state.ts'
import { actorNode } from './actor-nodes.ts'
import { connection, demand, type Node, type PageArgs, type Place } from './context.ts'
import { commitNode, objectNode, refNode } from './git-nodes.ts'

export type PullPlace = Place & { pull: PullRequest }

function authored(place: Place, author: User): Node {
  return {
    author: actorNode(place.context.state, author),
    authorAssociation: associationOf(place.repository, author),
    viewerDidAuthor: author.id === place.context.state.app.bot.id,
  }
}

function minimizable(minimized: string | null): Node {
  return { isMinimized: minimized !== null, minimizedReason: minimized }
}

export function issueCommentNode(place: Place, comment: IssueComment): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    createdAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    lastEditedAt: comment.updatedAt === comment.createdAt ? null : iso(comment.updatedAt),
    ...authored(place, comment.author),
    ...minimizable(comment.minimized),
  }
}

export function reviewNode(place: PullPlace, review: Review): Node {
  const comments = (): { thread: Thread; comment: ReviewComment }[] =>
    place.pull.threads
      .flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })))
      .filter((each) => each.comment.reviewId === review.id)
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    submittedAt: review.submittedAt === null ? null : iso(review.submittedAt),
    commit: () => objectNode(place, review.commit, ''),
    comments: (args: PageArgs) =>
      connection('comments', args, comments(), (each) =>
        reviewCommentNode(place, each.thread, each.comment),
      ),
    ...authored(place, review.author),
    ...minimizable(review.minimized),
  }
}

export function reviewCommentNode(place: PullPlace, thread: Thread, comment: ReviewComment): Node {
  const { origin } = thread
  const [first] = thread.comments
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PRRC', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    path: thread.path,
    line: thread.current?.line ?? null,
    startLine: thread.current?.startLine ?? null,
    originalLine: origin.line,
    originalStartLine: origin.startLine,
    diffHunk: origin.diffHunk,
    outdated: thread.current === null,
    subjectType: origin.subjectType.toUpperCase(),
    createdAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    lastEditedAt: comment.updatedAt === comment.createdAt ? null : iso(comment.updatedAt),
    replyTo:
      first === undefined || first === comment ? null : reviewCommentNode(place, thread, first),
    originalCommit: () => objectNode(place, origin.commit, ''),
    commit: () =>
      objectNode(place, thread.current === null ? origin.commit : place.pull.head.sha, ''),
    ...authored(place, comment.author),
    ...minimizable(comment.minimized),
  }
}

/** Comments of a pending review are seen by nobody else. */
function publicComments(place: PullPlace, thread: Thread): ReviewComment[] {
  const pending = place.pull.reviews
    .filter((each) => each.state === 'PENDING')
    .map((each) => each.id)
  return thread.comments.filter((each) => !pending.includes(each.reviewId))
}

export function threadNode(place: PullPlace, thread: Thread): Node {
  const { state } = place.context
  const { origin } = thread
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', thread.id),
    isResolved: thread.resolvedBy !== null,
    isOutdated: thread.current === null,
    isCollapsed: thread.resolvedBy !== null,
    path: thread.path,
    line: thread.current?.line ?? null,
    startLine: thread.current?.startLine ?? null,
    originalLine: origin.line,
    originalStartLine: origin.startLine,
    diffSide: origin.side,
    startDiffSide: origin.startSide,
    subjectType: origin.subjectType.toUpperCase(),
    resolvedBy: thread.resolvedBy === null ? null : actorNode(state, thread.resolvedBy),
    viewerCanResolve: true,
    viewerCanReply: true,
    comments: (args: PageArgs) =>
      connection('comments', args, publicComments(place, thread), (each) =>
        reviewCommentNode(place, thread, each),
      ),
  }
}

const CHANGE_TYPES: Record<string, string> = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
  changed: 'CHANGED',
}

function conversationFields(place: PullPlace): Node {
  const { context, repository, pull } = place
  const { state } = context
  return {
    reviews: (args: PageArgs & { states?: string[] }) => {
      const bot = state.app.bot.id
      const seen = pull.reviews.filter(
        (each) =>
          (each.state !== 'PENDING' || each.author.id === bot) &&
          (args.states === undefined || args.states.includes(each.state)),
      )
      return connection('reviews', args, visible(state, seen), (each) => reviewNode(place, each))
    },
    comments: (args: PageArgs) => {
      const own = repository.issueComments.filter((each) => each.number === pull.number)
      return connection('comments', args, visible(state, own), (each) =>
        issueCommentNode(place, each),
      )
    },
    reviewThreads: (args: PageArgs) => {
      const threads = pull.threads.filter((each) => publicComments(place, each).length > 0)
      return connection('reviewThreads', args, visible(state, threads), (each) =>
        threadNode(place, each),
      )
    },
  }
}

function gitFields(place: PullPlace): Node {
  const { repository, pull, context } = place
  const { git } = repository
  const head = repositoryById(context.state, pull.head.repositoryId)
  const numbers = async (key: 'additions' | 'deletions' | 'changedFiles'): Promise<number> =>
    (await pullNumbers(repository, pull))[key]
  return {
    additions: () => numbers('additions'),
    deletions: () => numbers('deletions'),
    changedFiles: () => numbers('changedFiles'),
    mergeable: async () => {
      const { mergeable } = await pullNumbers(repository, pull)
      if (mergeable === null) return 'UNKNOWN'
      return mergeable ? 'MERGEABLE' : 'CONFLICTING'
    },
    headRef: () => refNode({ context, repository: head }, `refs/heads/${pull.head.branch}`),
    baseRef: () => refNode(place, `refs/heads/${pull.base.branch}`),
    mergeCommit: () => (pull.merged === null ? null : objectNode(place, pull.merged.commit, '')),
    commits: async (args: PageArgs) => {
      const log = await git.log(pull.head.sha, { from: pull.base.sha })
      return connection('commits', args, log.toReversed(), (each) => ({
        id: `PURC_${each.oid}`,
        commit: commitNode(place, each),
      }))
    },
    files: async (args: PageArgs) =>
      connection('files', args, await pullFiles(repository, pull), (each) => ({
        path: each.path,
        additions: each.additions,
        deletions: each.deletions,
        changeType: CHANGE_TYPES[each.status],
      })),
  }
}

export function pullNode(place: PullPlace): Node {
  const { context, repository, pull } = place
  demand(context, { pull_requests: 'read' })
  const { state } = context
  const head = repositoryById(state, pull.head.repositoryId)
  const open = pull.state === 'open' ? 'OPEN' : 'CLOSED'
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    url: `${repositoryHtml(state, repository)}/pull/${pull.number}`,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.merged === null ? open : 'MERGED',
    closed: pull.state === 'closed',
    merged: pull.merged !== null,
    mergedAt: pull.merged === null ? null : iso(pull.merged.at),
    mergedBy: pull.merged === null ? null : actorNode(state, pull.merged.by),
    closedAt: pull.closedAt === null ? null : iso(pull.closedAt),
    isDraft: pull.isDraft,
    locked: pull.locked,
    createdAt: iso(pull.createdAt),
    updatedAt: iso(pull.updatedAt),
    headRefOid: pull.head.sha,
    headRefName: pull.head.branch,
    baseRefOid: pull.base.sha,
    baseRefName: pull.base.branch,
    isCrossRepository: head.id !== repository.id,
    headRepository: shortRepository(head),
    baseRepository: shortRepository(repository),
    headRepositoryOwner: actorNode(state, head.owner),
    maintainerCanModify: false,
    ...authored(place, pull.author),
    ...conversationFields(place),
    ...gitFields(place),
  }
}

function shortRepository(repository: Repository): Node {
  return {
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.isPrivate,
    isFork: repository.fork !== null,
  }
}

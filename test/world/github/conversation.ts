import { parseHunks } from './git/hunks.ts'
import type { Commit } from './git/repository.ts'
import type { CheckRun, PullRequest, Repository, ReviewComment, Side, Thread } from './state.ts'

type CommentLine = { mark: ' ' | '+' | '-'; number: number; text: string }

/** A review comment at its lines, as a person sees it. */
type SeenComment = {
  id: number
  author: string
  body: string
  path: string
  side: Side
  /** The lines it was written on; null for a comment on a whole file. */
  line: number | null
  startLine: number | null
  /** The commented lines and up to three lines before them. */
  lines: CommentLine[]
  reactions: string[]
}

type SeenThread = {
  id: number
  path: string
  line: number | null
  isResolved: boolean
  isOutdated: boolean
  resolvedBy: string | null
  comments: { author: string; body: string }[]
}

type SeenReview = {
  id: number
  author: string
  state: string
  body: string
  commit: string
  minimized: string | null
  comments: SeenComment[]
}

type SeenCheck = {
  name: string
  headSha: string
  status: string
  conclusion: string | null
  title: string | null
  summary: string | null
  annotations: number
  byApp: boolean
}

/** A pull request as its page shows it: plain data for demos and assertions. */
export type Conversation = {
  number: number
  title: string
  state: 'open' | 'closed' | 'merged'
  isDraft: boolean
  headSha: string
  checks: SeenCheck[]
  reviews: SeenReview[]
  threads: SeenThread[]
  comments: {
    id: number
    author: string
    body: string
    reactions: string[]
    minimized: string | null
  }[]
  /** Commits of the default branch, newest first. */
  defaultBranch: Commit[]
}

const CONTEXT_LINES = 3

function linesAround(thread: Thread): CommentLine[] {
  const { origin } = thread
  if (origin.line === null) return []
  const lines = parseHunks(origin.diffHunk).flatMap((each) => each.lines)
  const spread = origin.startLine === null ? 0 : Math.max(0, origin.line - origin.startLine)
  return lines.slice(-(spread + 1 + CONTEXT_LINES)).map((each) => ({
    mark: each.mark,
    number: each.newLine ?? each.oldLine ?? 0,
    text: each.text,
  }))
}

function seenComment(thread: Thread, comment: ReviewComment): SeenComment {
  return {
    id: comment.id,
    author: comment.author.login,
    body: comment.body,
    path: thread.path,
    side: thread.origin.side,
    line: thread.origin.line,
    startLine: thread.origin.startLine,
    lines: linesAround(thread),
    reactions: comment.reactions.map((each) => each.content),
  }
}

function seenThread(thread: Thread): SeenThread {
  return {
    id: thread.id,
    path: thread.path,
    line: thread.current?.line ?? null,
    isResolved: thread.resolvedBy !== null,
    isOutdated: thread.current === null,
    resolvedBy: thread.resolvedBy?.login ?? null,
    comments: thread.comments.map((each) => ({ author: each.author.login, body: each.body })),
  }
}

function seenCheck(run: CheckRun, appId: number): SeenCheck {
  return {
    name: run.name,
    headSha: run.headSha,
    status: run.status,
    conclusion: run.conclusion,
    title: run.output.title,
    summary: run.output.summary,
    annotations: run.annotations.length,
    byApp: run.appId === appId,
  }
}

/** Everything said about a pull request, on all of its commits. */
export async function readConversation(
  repository: Repository,
  pull: PullRequest,
  appId: number,
): Promise<Conversation> {
  const { git, defaultBranch } = repository
  const comments = pull.threads.flatMap((thread) =>
    thread.comments.map((comment) => ({ comment, seen: seenComment(thread, comment) })),
  )
  return {
    number: pull.number,
    title: pull.title,
    state: pull.merged === null ? pull.state : 'merged',
    isDraft: pull.isDraft,
    headSha: pull.head.sha,
    checks: repository.checkRuns
      .filter((each) => pull.heads.includes(each.headSha))
      .map((each) => seenCheck(each, appId)),
    reviews: pull.reviews.map((review) => ({
      id: review.id,
      author: review.author.login,
      state: review.state,
      body: review.body,
      commit: review.commit,
      minimized: review.minimized,
      comments: comments
        .filter((each) => each.comment.reviewId === review.id)
        .map((each) => each.seen),
    })),
    threads: pull.threads.map(seenThread),
    comments: repository.issueComments
      .filter((each) => each.number === pull.number)
      .map((each) => ({
        id: each.id,
        author: each.author.login,
        body: each.body,
        reactions: each.reactions.map((one) => one.content),
        minimized: each.minimized,
      })),
    defaultBranch: await git.log(defaultBranch),
  }
}

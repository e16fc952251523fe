import type { OthersThread } from '#core/findings/said-by-others'
import type { CheckAction } from '#core/job/check-actions'
import type { CommandPlace } from '#core/job/job'
import type { MemoryEdit, MemoryFile } from '#core/memory/memory'
import type { SourceText } from '#core/text/source-text'
import type { Changes, Contents, FileContent, TrustedFiles } from '#flow/ports'

/** The state of a pull request at the moment of asking. */
export interface PullState {
  readonly open: boolean
  readonly merged: boolean
  readonly draft: boolean
  readonly locked: boolean
  readonly head: string
  readonly baseRef: string
  readonly baseSha: string
  readonly authorId: number | null
  readonly authorLogin: string
  readonly authorIsBot: boolean
  readonly fork: boolean
  /** Sha of the merge on the base branch, once merged. */
  readonly mergeCommit: string | null
}

/**
 * What a person may do in the repository. `unknown` when GitHub does not say, `unanswered` when it
 * could not be asked just now: neither is a permission.
 */
export type Permission = 'admin' | 'write' | 'read' | 'none' | 'unknown' | 'unanswered'

/** A check run that is ours. */
export interface CheckRun {
  readonly id: number
  readonly externalId: string
  readonly headSha: string
  readonly status: 'queued' | 'in_progress' | 'completed'
  /** How many remarks it has. */
  readonly annotationCount: number
}

/** What a check run shows. `conclusion: null` leaves it in progress. */
export interface CheckOutput {
  readonly conclusion: 'success' | 'neutral' | 'failure' | 'action_required' | 'cancelled' | null
  readonly title: string
  readonly summary: string
  readonly annotations?: readonly CheckAnnotation[]
  /** Buttons for those who may write; three at most. */
  readonly actions?: readonly CheckAction[]
}

/** A remark on a line of the checked commit. */
export interface CheckAnnotation {
  readonly path: string
  readonly line: number
  readonly message: string
}

/** A review or comment of ours, by the bot's own numeric id. */
export interface OwnPost {
  readonly id: number
  readonly nodeId: string
  readonly body: string
  readonly state: 'pending' | 'submitted'
}

/** A thread that starts with a comment of ours. */
export interface OwnThread {
  readonly id: string
  /** Of its first comment, which replies are addressed to. */
  readonly commentId: number
  readonly path: string
  readonly body: string
  readonly resolved: boolean
  /** Whether it was us who resolved it. */
  readonly resolvedByUs: boolean
  /** Whether somebody else wrote in it. */
  readonly answered: boolean
  /** The bodies of what we said in it later. */
  readonly replies: readonly string[]
}

/** One inline comment, in the words of GitHub's API: `line` is the last line of the range. */
export interface InlineComment {
  readonly path: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly line: number
  readonly startLine: number | null
  readonly body: string
}

/**
 * What came of posting. `anchors`: GitHub refused a comment's place. `forbidden`: nobody may write
 * here any more, or we may not (locked, archived, a permission that was not granted).
 */
export type PostOutcome =
  | { readonly kind: 'posted'; readonly id: number }
  | {
      readonly kind: 'refused'
      readonly because: 'anchors' | 'pending-review' | 'forbidden' | 'validation'
      readonly detail: string
    }

/** Everything that a review asks about a pull request before it starts, from one question. */
export interface Opening {
  readonly state: PullState
  readonly trusted: TrustedFiles
  readonly threads: readonly OwnThread[]
  /** Open threads of others on lines that the head still has. */
  readonly others: readonly OthersThread[]
  /** False when no comment in the conversation is ours; true also where nobody can say. */
  readonly commented: boolean
}

/** The default branch, for questions that belong to no change; every commit is its tip. */
export interface RepositoryTip {
  readonly trusted: TrustedFiles
  readonly contents: Contents
}

/**
 * Reading with a token that can only read. An issue is read through the same port: of it there are
 * only comments.
 */
export interface PullReader {
  opening(): Promise<Opening>
  state(): Promise<PullState>
  permission(login: string): Promise<Permission>
  tip(): Promise<RepositoryTip>
  /** The change at the head that the last `opening` saw, with the trusted files that it read. */
  changes(): Changes
  /** Every page, ours only, pending ones too. */
  ownReviews(): Promise<readonly OwnPost[]>
  ownComments(): Promise<readonly OwnPost[]>
  ownThreads(): Promise<readonly OwnThread[]>
  /** What we wrote on lines of the diff, in threads of whoever began them. */
  ownThreadComments(): Promise<readonly OwnPost[]>
}

/** Checks and reactions, with a token that can do nothing else. */
export interface StatusWriter {
  /** Our check runs on a commit, this app's only. */
  ownChecks(headSha: string): Promise<readonly CheckRun[]>
  createCheck(
    check: { headSha: string; externalId: string; startedAt: string } & CheckOutput,
  ): Promise<number>
  updateCheck(id: number, output: CheckOutput): Promise<void>
  /** Best effort: an acknowledgement that failed changes nothing. */
  react(to: CommandPlace, content: 'eyes' | 'rocket' | 'confused'): Promise<void>
}

/** Writing, with a token that is minted after the plan was frozen. No write is retried in here. */
export interface PullWriter {
  postReview(review: {
    headSha: string
    body: string
    comments: readonly InlineComment[]
  }): Promise<PostOutcome>
  /** A comment on a whole file: GitHub does not take these within a review. */
  postFileComment(comment: { headSha: string; path: string; body: string }): Promise<PostOutcome>
  deletePendingReview(id: number): Promise<void>
  createComment(body: string): Promise<number>
  updateComment(id: number, body: string): Promise<void>
  /** Answers in a thread, which is named by its first comment. */
  replyInThread(root: number, body: string): Promise<number>
  resolveThread(id: string): Promise<void>
  /** Opens a resolved thread again. */
  reopenThread(id: string): Promise<void>
}

/** What came of a commit to the memory folder. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly sha: string }
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly because: string }

/** Our own latest hundred commits in the memory folder. */
export interface MemoryHistory {
  /** Which of the asked trailer lines they carry, with a sha each. */
  readonly carried: ReadonlyMap<string, string>
  /** When they were made, in milliseconds since the epoch. */
  readonly madeAt: readonly number[]
}

/** A branch that holds the memory folder. */
export interface MemoryBranch {
  /** The branch, its tip, the folder's files and the settings of the repository at that tip. */
  tip(): Promise<{
    readonly branch: string
    readonly commit: string
    readonly files: readonly MemoryFile[]
    readonly settings: SourceText | null
  }>
  /** Reads source files at the tip, to see whether a citation exists there. */
  readAtTip(paths: readonly string[]): Promise<ReadonlyMap<string, FileContent>>
  history(trailers: readonly string[]): Promise<MemoryHistory>
  /**
   * Whether rules of the branch require checks: one that CI is told to skip would stay pending.
   * True where GitHub does not say.
   */
  requiresChecks(): Promise<boolean>
  /** Commits only if the branch still is at `expected`. */
  commit(change: {
    branch: string
    expected: string
    headline: string
    body: string
    edits: readonly MemoryEdit[]
  }): Promise<CommitOutcome>
}

/** The branch of the one pull request that carries what the default branch does not take. */
export interface RollingBranch extends MemoryBranch {
  /** The number of the open pull request for this branch; opens one where there is none. */
  propose(words: { readonly title: string; readonly body: string }): Promise<number>
}

/** The memory folder on the default branch. */
export interface MemoryHome extends MemoryBranch {
  /** Whether the pull request that introduces the app is open: it holds memory that nobody merged. */
  isIntroducing(): Promise<boolean>
  /**
   * Works on the branch for the rolling pull request, or of the introduction while only that is open.
   * The rolling one is made anew unless it is open; either is brought up to the default branch as far as git can do that alone. Nobody else works on it
   * meanwhile: a branch that is made anew was somebody's.
   */
  rolling<T>(work: (branch: RollingBranch) => Promise<T>): Promise<T>
}

/** One webhook delivery in GitHub's own record. */
export interface HookDelivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly action: string | null
  /** Milliseconds since the epoch. */
  readonly deliveredAt: number
}

/** GitHub's record of what it sent. It keeps three days, an enterprise server seven. */
export interface HookDeliveries {
  /** Every attempt since a moment, newest first. */
  since(moment: number): Promise<readonly HookDelivery[]>
  resend(id: number): Promise<void>
}

/** One pull request on GitHub, through three tokens of which each can do only its own part. */
export interface PullRequest {
  readonly reader: PullReader
  readonly status: StatusWriter
  writer(): Promise<PullWriter>
  memoryHome(): Promise<MemoryHome>
  /** `https://github.com/o/r` or its counterpart on an enterprise server. */
  readonly webUrl: string
}

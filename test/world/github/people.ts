import { branchMoved } from './domain/branches.ts'
import {
  openIssue as addIssue,
  addIssueComment,
  deleteIssueComment,
  editIssueComment,
  issueNumbered,
} from './domain/comments.ts'
import { emit, emitCheckRun, emitCheckSuite, emitThread, type Happening } from './domain/events.ts'
import {
  closePull,
  editPull,
  mergePull,
  openPull,
  type PullAct,
  reopenPull,
  retargetPull,
  setDraft,
} from './domain/pulls.ts'
import { type CommentOrder, createReview, replyInThread } from './domain/reviews.ts'
import type { FileContent, Signature } from './git/repository.ts'
import {
  type CheckRun,
  fullName,
  type Issue,
  type IssueComment,
  iso,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
  type State,
  type Thread,
  type User,
  userNamed,
} from './state.ts'

type CommitOptions = {
  files?: Record<string, FileContent>
  /** `from` → `to`, done before `files`. */
  renames?: Record<string, string>
  message?: string
  /** Login; the owner of the repository when left out. */
  author?: string
  /** Starts the branch here when it is new; the default branch when left out. A branch or a commit. */
  from?: string
  /** Rewrites the branch: the commit gets `from` as its parent, whatever the branch pointed to. */
  force?: boolean
}

type OpenPullOptions = {
  repository: Repository
  /** Branch of the repository, or of `fork` when that is given. */
  head: string
  title: string
  base?: string
  body?: string | null
  author?: string
  draft?: boolean
  fork?: Repository
}

/** What people do on GitHub. Every act changes the world and sends the events GitHub would send. */
export type People = {
  /** Commits files to a branch in one push; returns the new commit. `null` deletes a file. */
  push: (repository: Repository, branch: string, options: CommitOptions) => Promise<string>
  deleteBranch: (repository: Repository, branch: string, by?: string) => Promise<void>
  openPullRequest: (options: OpenPullOptions) => Promise<PullRequest>
  openIssue: (
    repository: Repository,
    options: { title: string; body?: string; author?: string },
  ) => Issue
  convertToDraft: (repository: Repository, pull: PullRequest, by?: string) => Promise<void>
  markReady: (repository: Repository, pull: PullRequest, by?: string) => Promise<void>
  close: (repository: Repository, pull: PullRequest, by?: string) => Promise<void>
  reopen: (repository: Repository, pull: PullRequest, by?: string) => Promise<void>
  /** Merges with a real merge commit and returns it. */
  merge: (repository: Repository, pull: PullRequest, by?: string) => Promise<string>
  retarget: (repository: Repository, pull: PullRequest, base: string, by?: string) => Promise<void>
  editPullRequest: (
    repository: Repository,
    pull: PullRequest,
    edit: { title?: string; body?: string | null },
    by?: string,
  ) => Promise<void>
  lock: (issue: Issue, locked?: boolean) => void
  comment: (repository: Repository, number: number, by: string, body: string) => IssueComment
  editComment: (repository: Repository, comment: IssueComment, body: string, by?: string) => void
  deleteComment: (repository: Repository, comment: IssueComment, by?: string) => void
  review: (
    repository: Repository,
    pull: PullRequest,
    by: string,
    order: {
      body?: string
      state?: 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED'
      comments?: CommentOrder[]
    },
  ) => Promise<Review>
  reply: (
    repository: Repository,
    pull: PullRequest,
    thread: Thread,
    by: string,
    body: string,
  ) => Promise<ReviewComment>
  resolve: (repository: Repository, pull: PullRequest, thread: Thread, by: string) => Promise<void>
  unresolve: (
    repository: Repository,
    pull: PullRequest,
    thread: Thread,
    by: string,
  ) => Promise<void>
  /** Presses Re-run on a check; GitHub does not change the run itself. */
  rerequestCheck: (repository: Repository, run: CheckRun, by: string) => void
  /** Presses Re-run all checks. */
  rerequestSuite: (repository: Repository, run: CheckRun, by: string) => Promise<void>
  /** Presses one of the run's own buttons. */
  requestAction: (repository: Repository, run: CheckRun, identifier: string, by: string) => void
  rename: (repository: Repository, name: string) => void
}

function signature(user: User): Signature {
  return { name: user.login, email: user.email }
}

async function push(
  state: State,
  repository: Repository,
  branch: string,
  options: CommitOptions,
): Promise<string> {
  const { git, defaultBranch, owner } = repository
  const sender = userNamed(state, options.author ?? owner.login)
  const before = await git.resolve(`refs/heads/${branch}`)
  const start = await git.resolve(options.from ?? defaultBranch)
  const parent = before === null || options.force === true ? start : before
  const after = await git.commit({
    branch,
    parent,
    files: options.files ?? {},
    ...(options.renames === undefined ? {} : { renames: options.renames }),
    message: options.message ?? `Change ${branch}`,
    author: signature(sender),
    at: state.now(),
  })
  await branchMoved({ state, repository, branch, before, after, sender })
  return after
}

async function deleteBranch(
  state: State,
  repository: Repository,
  branch: string,
  by?: string,
): Promise<void> {
  const before = await repository.git.resolve(`refs/heads/${branch}`)
  await repository.git.deleteRef(`refs/heads/${branch}`)
  const sender = userNamed(state, by ?? repository.owner.login)
  await branchMoved({ state, repository, branch, before, after: null, sender })
}

async function open(state: State, options: OpenPullOptions): Promise<PullRequest> {
  const { repository, fork } = options
  const result = await openPull(state, repository, {
    author: userNamed(state, options.author ?? repository.owner.login),
    title: options.title,
    body: options.body ?? null,
    isDraft: options.draft ?? false,
    head: { repository: fork ?? repository, branch: options.head },
    base: options.base ?? repository.defaultBranch,
  })
  if (!result.ok)
    throw new Error(`${fullName(repository)}: the pull request cannot be opened: ${result.because}`)
  return result.pull
}

function openIssue(
  state: State,
  repository: Repository,
  options: { title: string; body?: string; author?: string },
): Issue {
  const { title, body = null, author = repository.owner.login } = options
  return addIssue(state, repository, userNamed(state, author), { title, body })
}

function comment(
  state: State,
  repository: Repository,
  number: number,
  said: { by: string; body: string },
): IssueComment {
  const issue = issueNumbered(repository, number)
  if (issue === undefined)
    throw new Error(`${fullName(repository)} has no issue or pull request ${number}`)
  return addIssueComment({ state, repository, sender: userNamed(state, said.by) }, issue, said.body)
}

async function review(
  act: PullAct,
  order: {
    body?: string
    state?: 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED'
    comments?: CommentOrder[]
  },
): Promise<Review> {
  const result = await createReview(act, {
    body: order.body ?? '',
    state: order.state ?? 'COMMENTED',
    commit: act.pull.head.sha,
    comments: order.comments ?? [],
  })
  if (!result.ok) throw new Error(result.errors.map((each) => each.message).join('; '))
  return result.review
}

async function reply(act: PullAct, thread: Thread, body: string): Promise<ReviewComment> {
  const result = await replyInThread(act, thread, body)
  if (!result.ok) throw new Error(result.errors.map((each) => each.message).join('; '))
  return result.comment
}

async function setResolved(act: PullAct, thread: Thread, isResolved: boolean): Promise<void> {
  thread.resolvedBy = isResolved ? act.sender : null
  await emitThread(act, act.pull, thread, isResolved ? 'resolved' : 'unresolved')
}

async function merge(act: PullAct): Promise<string> {
  const commit = await mergePull(act)
  if (commit === null) throw new Error(`Pull request ${act.pull.number} has conflicts`)
  return commit
}

async function retarget(act: PullAct, base: string): Promise<void> {
  if (!(await retargetPull(act, base))) throw new Error(`There is no branch ${base}`)
}

function rename(state: State, repository: Repository, name: string): void {
  const changes = { repository: { name: { from: repository.name } } }
  repository.formerNames.push(fullName(repository).toLowerCase())
  repository.name = name
  emit({ state, repository, sender: repository.owner }, 'repository', 'renamed', { changes })
}

export function createPeople(state: State): People {
  const happening = (repository: Repository, by?: string): Happening => ({
    state,
    repository,
    sender: userNamed(state, by ?? repository.owner.login),
  })
  const act = (repository: Repository, pull: PullRequest, by?: string): PullAct => ({
    ...happening(repository, by),
    pull,
  })
  return {
    push: (repository, branch, options) =>
      repository.git.exclusively(() => push(state, repository, branch, options)),
    deleteBranch: (repository, branch, by) => deleteBranch(state, repository, branch, by),
    openPullRequest: (options) => open(state, options),
    openIssue: (repository, options) => openIssue(state, repository, options),
    convertToDraft: (repository, pull, by) => setDraft(act(repository, pull, by), true),
    markReady: (repository, pull, by) => setDraft(act(repository, pull, by), false),
    close: (repository, pull, by) => closePull(act(repository, pull, by)),
    reopen: (repository, pull, by) => reopenPull(act(repository, pull, by)),
    merge: (repository, pull, by) => merge(act(repository, pull, by)),
    retarget: (repository, pull, base, by) => retarget(act(repository, pull, by), base),
    editPullRequest: (repository, pull, edit, by) => editPull(act(repository, pull, by), edit),
    lock: (issue, locked = true) => {
      issue.locked = locked
    },
    comment: (repository, number, by, body) => comment(state, repository, number, { by, body }),
    editComment: (repository, said, body, by) =>
      editIssueComment(happening(repository, by ?? said.author.login), said, body),
    deleteComment: (repository, said, by) =>
      deleteIssueComment(happening(repository, by ?? said.author.login), said),
    review: (repository, pull, by, order) => review(act(repository, pull, by), order),
    reply: (repository, pull, thread, by, body) => reply(act(repository, pull, by), thread, body),
    resolve: (repository, pull, thread, by) => setResolved(act(repository, pull, by), thread, true),
    unresolve: (repository, pull, thread, by) =>
      setResolved(act(repository, pull, by), thread, false),
    rerequestCheck: (repository, run, by) =>
      emitCheckRun(happening(repository, by), run, 'rerequested'),
    rerequestSuite: (repository, run, by) =>
      emitCheckSuite(happening(repository, by), run.suite, 'rerequested'),
    requestAction: (repository, run, identifier, by) =>
      emitCheckRun(happening(repository, by), run, 'requested_action', {
        requested_action: { identifier },
      }),
    rename: (repository, name) => rename(state, repository, name),
  }
}

/** A check run of another app, which ours may see and not touch. */
export function addForeignCheck(
  state: State,
  repository: Repository,
  order: { appId: number; name: string; headSha: string; conclusion?: string },
): CheckRun {
  const slug = `other-app-${order.appId}`
  state.foreignApps.set(order.appId, { id: order.appId, slug, name: slug })
  const suite = { id: state.nextId(), appId: order.appId, headSha: order.headSha, branch: null }
  repository.checkSuites.push(suite)
  const run: CheckRun = {
    id: state.nextId(),
    appId: order.appId,
    suite,
    name: order.name,
    headSha: order.headSha,
    externalId: '',
    detailsUrl: null,
    status: 'completed',
    conclusion: order.conclusion ?? 'success',
    startedAt: iso(state.now()),
    completedAt: iso(state.now()),
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  }
  repository.checkRuns.push(run)
  return run
}

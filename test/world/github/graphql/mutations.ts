import { branchMoved } from '../domain/branches.ts'
import { emitThread } from '../domain/events.ts'
import type { FileContent } from '../git/repository.ts'
import { RULE_VIOLATIONS } from '../rest/git-routes.ts'
import { nodeId, type PullRequest, type Repository, type Thread } from '../state.ts'
import { reaches } from '../tokens.ts'
import { type Context, demand, type Node, type Place, typedError } from './context.ts'
import { commitNode, refNode } from './git-nodes.ts'
import { issueCommentNode, reviewCommentNode, reviewNode, threadNode } from './pull-nodes.ts'
import { placeOf } from './repository-nodes.ts'

type CommitInput = {
  branch: { repositoryNameWithOwner?: string; branchName?: string; id?: string }
  message: { headline: string; body?: string }
  fileChanges?: {
    additions?: { path: string; contents: string }[]
    deletions?: { path: string }[]
  }
  expectedHeadOid: string
  clientMutationId?: string
}

/** Words of a rule's refusal, as `git push` and the API print them. */
const RULE_WORDS: Record<string, string> = {
  pull_request: 'Changes must be made through a pull request.',
  required_signatures: 'Commits must have verified signatures.',
  required_status_checks: 'Required status check is expected.',
  update: 'Cannot update this protected ref.',
}

/** Shapes of credentials that push protection knows. */
const SECRET_SHAPES = [
  /\bghp_[A-Za-z0-9]{36}\b/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bsk_live_[A-Za-z0-9]{24,}/,
  /\bsk-ant-[A-Za-z0-9_-]{20,}/,
]

function refuseByRules(
  repository: Repository,
  branch: string,
  files: Record<string, FileContent>,
): void {
  const rules = (repository.rules.get(branch) ?? []).filter((each) => !each.bypass)
  if (rules.length > 0) {
    const words = rules.map((each) => RULE_WORDS[each.type] ?? each.type)
    throw typedError('UNPROCESSABLE', `${RULE_VIOLATIONS}\n\n${words.join('\n')}\n\n`)
  }
  const texts = Object.values(files).map((each) => String(each ?? ''))
  const shapes = [...SECRET_SHAPES, ...repository.customPatterns]
  const hasSecret = texts.some((text) => shapes.some((shape) => shape.test(text)))
  if (repository.pushProtection && hasSecret) {
    throw typedError('UNPROCESSABLE', `${RULE_VIOLATIONS}\n\nPush cannot contain secrets\n\n`)
  }
}

async function filesOf(place: Place, input: CommitInput): Promise<Record<string, FileContent>> {
  const { additions = [], deletions = [] } = input.fileChanges ?? {}
  for (const { path } of deletions) {
    if ((await place.repository.git.read(`${input.expectedHeadOid}:${path}`)) === null) {
      const message = `A path was requested for deletion which does not exist as of commit oid \`${input.expectedHeadOid}\``
      throw typedError('UNPROCESSABLE', message)
    }
  }
  const removed = deletions.map(({ path }): [string, FileContent] => [path, null])
  const added = additions.map(({ path, contents }): [string, FileContent] => [
    path,
    Buffer.from(contents, 'base64'),
  ])
  return Object.fromEntries([...removed, ...added])
}

async function createCommitOnBranch(context: Context, input: CommitInput): Promise<Node> {
  const [owner = '', name = ''] = (input.branch.repositoryNameWithOwner ?? '').split('/')
  const branch = (input.branch.branchName ?? '').replace(/^refs\/heads\//, '')
  const place = placeOf(context, owner, name)
  const { repository } = place
  demand(context, { contents: 'write' })
  if (repository.isArchived) {
    throw typedError('FORBIDDEN', 'Repository was archived so is read-only.')
  }
  return repository.git.exclusively(() => commitOnTip(place, branch, input))
}

async function commitOnTip(place: Place, branch: string, input: CommitInput): Promise<Node> {
  const { repository } = place
  const { state } = place.context
  const ref = `refs/heads/${branch}`
  const before = await repository.git.resolve(ref)
  if (before === null) {
    throw typedError('NOT_FOUND', `Could not resolve to a Ref with the name '${ref}'.`)
  }
  if (before !== input.expectedHeadOid) throw staleData(input.expectedHeadOid)
  const files = await filesOf(place, input)
  refuseByRules(repository, branch, files)
  const body = input.message.body ?? ''
  const { bot } = state.app
  const after = await repository.git.commit({
    branch,
    parent: before,
    files,
    message: body === '' ? input.message.headline : `${input.message.headline}\n\n${body}`,
    author: { name: bot.login, email: bot.email },
    committer: { name: 'GitHub', email: 'noreply@github.com' },
    at: state.now(),
  })
  await branchMoved({ state, repository, branch, before, after, sender: bot })
  const commit = await repository.git.readCommit(after)
  return {
    clientMutationId: input.clientMutationId ?? null,
    commit: commit === null ? null : commitNode(place, commit),
    ref: () => refNode(place, ref),
  }
}

function staleData(expected: string): Error {
  const message = `Expected branch to point to "${expected}" but it did not. Pull and try again.`
  return typedError('STALE_DATA', message)
}

type Found<T> = { repository: Repository; pull: PullRequest; item: T }

/** Everything a token can reach that hangs on pull requests. */
function reachable<T>(context: Context, list: (pull: PullRequest) => T[]): Found<T>[] {
  return context.state.repositories
    .filter((each) => reaches(context.state, context.token, each))
    .flatMap((repository) =>
      repository.pulls.flatMap((pull) => list(pull).map((item) => ({ repository, pull, item }))),
    )
}

function unresolvable(id: string): Error {
  return typedError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
}

function findThread(context: Context, id: string): Found<Thread> {
  const threads = reachable(context, (pull) => pull.threads)
  const found = threads.find((each) => nodeId('PRRT', each.item.id) === id)
  if (found === undefined) throw unresolvable(id)
  return found
}

type ThreadInput = { threadId: string; clientMutationId?: string }

async function setResolved(
  context: Context,
  input: ThreadInput,
  isResolved: boolean,
): Promise<Node> {
  demand(context, { pull_requests: 'write' })
  const { state } = context
  const { repository, pull, item: thread } = findThread(context, input.threadId)
  thread.resolvedBy = isResolved ? state.app.bot : null
  const happening = { state, repository, sender: state.app.bot }
  await emitThread(happening, pull, thread, isResolved ? 'resolved' : 'unresolved')
  return {
    clientMutationId: input.clientMutationId ?? null,
    thread: threadNode({ context, repository, pull }, thread),
  }
}

type MinimizeInput = { subjectId: string; classifier: string; clientMutationId?: string }

function minimizeComment(context: Context, input: MinimizeInput): Node {
  demand(context, { pull_requests: 'write' })
  const { state } = context
  const reason = input.classifier.toLowerCase()
  const answer = (minimizedComment: Node): Node => ({
    clientMutationId: input.clientMutationId ?? null,
    minimizedComment,
  })
  for (const repository of state.repositories.filter((each) =>
    reaches(state, context.token, each),
  )) {
    const comment = repository.issueComments.find(
      (each) => nodeId('IC', each.id) === input.subjectId,
    )
    if (comment === undefined) continue
    comment.minimized = reason
    return answer(issueCommentNode({ context, repository }, comment))
  }
  const reviews = reachable(context, (pull) => pull.reviews)
  const review = reviews.find((each) => nodeId('PRR', each.item.id) === input.subjectId)
  if (review !== undefined) {
    review.item.minimized = reason
    return answer(reviewNode({ context, ...review }, review.item))
  }
  const inThreads = reachable(context, (pull) =>
    pull.threads.flatMap((thread) => thread.comments.map((comment) => ({ thread, comment }))),
  )
  const found = inThreads.find((each) => nodeId('PRRC', each.item.comment.id) === input.subjectId)
  if (found === undefined) throw unresolvable(input.subjectId)
  found.item.comment.minimized = reason
  return answer(reviewCommentNode({ context, ...found }, found.item.thread, found.item.comment))
}

/** The mutations that the world serves. */
export const MUTATIONS: Node = {
  createCommitOnBranch: (args: { input: CommitInput }, context: Context) =>
    createCommitOnBranch(context, args.input),
  resolveReviewThread: (args: { input: ThreadInput }, context: Context) =>
    setResolved(context, args.input, true),
  unresolveReviewThread: (args: { input: ThreadInput }, context: Context) =>
    setResolved(context, args.input, false),
  minimizeComment: (args: { input: MinimizeInput }, context: Context) =>
    minimizeComment(context, args.input),
}

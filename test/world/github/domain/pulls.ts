import {
  type PullRequest,
  type Repository,
  repositoryById,
  type State,
  type User,
} from '../state.ts'
import { branchMoved, updatePullRef } from './branches.ts'
import { emitPull } from './events.ts'
import { placeThreads } from './threads.ts'

export type NewPull = {
  author: User
  title: string
  body: string | null
  isDraft: boolean
  head: { repository: Repository; branch: string }
  base: string
}

export type NewPullResult =
  | { ok: true; pull: PullRequest }
  | { ok: false; because: 'no-head' | 'no-base' | 'no-commits' | 'exists' }

/** Opens a pull request, as a person does on the page or an app through REST. */
export async function openPull(
  state: State,
  repository: Repository,
  order: NewPull,
): Promise<NewPullResult> {
  const headSha = await order.head.repository.git.resolve(`refs/heads/${order.head.branch}`)
  const baseSha = await repository.git.resolve(`refs/heads/${order.base}`)
  if (headSha === null) return { ok: false, because: 'no-head' }
  if (baseSha === null) return { ok: false, because: 'no-base' }
  const isSame = (each: PullRequest): boolean =>
    each.state === 'open' &&
    each.head.repositoryId === order.head.repository.id &&
    each.head.branch === order.head.branch &&
    each.base.branch === order.base
  if (repository.pulls.some(isSame)) return { ok: false, because: 'exists' }
  const pull: PullRequest = {
    id: state.nextId(),
    number: repository.nextNumber,
    author: order.author,
    title: order.title,
    body: order.body,
    state: 'open',
    locked: false,
    isDraft: order.isDraft,
    head: { repositoryId: order.head.repository.id, branch: order.head.branch, sha: headSha },
    base: { branch: order.base, sha: baseSha },
    heads: [headSha],
    createdAt: state.now(),
    updatedAt: state.now(),
    closedAt: null,
    merged: null,
    reviews: [],
    threads: [],
  }
  await updatePullRef(repository, pull, order.head.repository)
  if (await repository.git.isAncestor(headSha, baseSha)) return { ok: false, because: 'no-commits' }
  repository.nextNumber += 1
  repository.pulls.push(pull)
  await emitPull({ state, repository, sender: order.author }, pull, 'opened')
  return { ok: true, pull }
}

/** What is done to a pull request: in which world, where and by whom. */
export type PullAct = { state: State; repository: Repository; pull: PullRequest; sender: User }

export async function setDraft(act: PullAct, isDraft: boolean): Promise<void> {
  act.pull.isDraft = isDraft
  act.pull.updatedAt = act.state.now()
  await emitPull(act, act.pull, isDraft ? 'converted_to_draft' : 'ready_for_review')
}

export async function closePull(act: PullAct): Promise<void> {
  act.pull.state = 'closed'
  act.pull.closedAt = act.state.now()
  act.pull.updatedAt = act.state.now()
  await emitPull(act, act.pull, 'closed')
}

export async function reopenPull(act: PullAct): Promise<void> {
  act.pull.state = 'open'
  act.pull.closedAt = null
  act.pull.updatedAt = act.state.now()
  await emitPull(act, act.pull, 'reopened')
}

/** Changes title or body; GitHub sends one event with the old texts. */
export async function editPull(
  act: PullAct,
  edit: { title?: string; body?: string | null },
): Promise<void> {
  const changes: Record<string, { from: string }> = {}
  if (edit.title !== undefined && edit.title !== act.pull.title) {
    changes['title'] = { from: act.pull.title }
    act.pull.title = edit.title
  }
  if (edit.body !== undefined && edit.body !== act.pull.body) {
    changes['body'] = { from: act.pull.body ?? '' }
    act.pull.body = edit.body
  }
  act.pull.updatedAt = act.state.now()
  await emitPull(act, act.pull, 'edited', { changes })
}

/** Points a pull request at another base branch: the diff changes while the head stays. */
export async function retargetPull(act: PullAct, base: string): Promise<boolean> {
  const { pull, repository } = act
  const sha = await repository.git.resolve(`refs/heads/${base}`)
  if (sha === null) return false
  const changes = { base: { ref: { from: pull.base.branch }, sha: { from: pull.base.sha } } }
  pull.base = { branch: base, sha }
  pull.updatedAt = act.state.now()
  await placeThreads(repository, pull)
  await emitPull(act, pull, 'edited', { changes })
  return true
}

/** Merges with a real merge commit on the base branch; null when git finds a conflict. */
export function mergePull(act: PullAct): Promise<string | null> {
  return act.repository.git.exclusively(() => mergeTip(act))
}

async function mergeTip(act: PullAct): Promise<string | null> {
  const { state, repository, pull, sender } = act
  const head = repositoryById(state, pull.head.repositoryId)
  const ref = `refs/heads/${pull.base.branch}`
  const before = await repository.git.resolve(ref)
  if (before === null) return null
  const commit = await repository.git.merge({
    base: before,
    head: pull.head.sha,
    message: `Merge pull request #${pull.number} from ${head.owner.login}/${pull.head.branch}\n\n${pull.title}\n`,
    author: { name: sender.login, email: sender.email },
    at: state.now(),
  })
  if (commit === null) return null
  await repository.git.updateRef(ref, commit)
  pull.state = 'closed'
  pull.closedAt = state.now()
  pull.updatedAt = state.now()
  pull.merged = { at: state.now(), by: sender, commit }
  await emitPull(act, pull, 'closed')
  await branchMoved({ state, repository, branch: pull.base.branch, before, after: commit, sender })
  return commit
}

import type { CheckSuite, PullRequest, Repository, State, User } from '../state.ts'
import { emitCheckSuite, emitPull, emitPush } from './events.ts'
import { placeThreads } from './threads.ts'

export type BranchMove = {
  state: State
  repository: Repository
  branch: string
  before: string | null
  after: string | null
  sender: User
}

/** The app's check suite on a commit, created when GitHub would create it. */
export function suiteOf(
  state: State,
  repository: Repository,
  key: { sha: string; appId: number; branch: string | null },
): CheckSuite {
  const known = repository.checkSuites.find(
    (each) => each.headSha === key.sha && each.appId === key.appId,
  )
  if (known !== undefined) return known
  const suite = { id: state.nextId(), appId: key.appId, headSha: key.sha, branch: key.branch }
  repository.checkSuites.push(suite)
  return suite
}

/** Keeps `refs/pull/N/head` of the base repository on the head, also when the head lives in a fork. */
export async function updatePullRef(
  repository: Repository,
  pull: PullRequest,
  head: Repository,
): Promise<void> {
  const ref = `refs/pull/${pull.number}/head`
  if (head.id === repository.id) await repository.git.updateRef(ref, pull.head.sha)
  else await repository.git.fetch(head.git, `+${pull.head.sha}:${ref}`)
}

async function synchronize(move: BranchMove, base: Repository, pull: PullRequest): Promise<void> {
  const { state, repository, sender, after } = move
  const before = pull.head.sha
  if (after === null || before === after) return
  pull.head.sha = after
  pull.heads.push(after)
  await updatePullRef(base, pull, repository)
  pull.base.sha = (await base.git.resolve(`refs/heads/${pull.base.branch}`)) ?? pull.base.sha
  pull.updatedAt = state.now()
  await placeThreads(base, pull)
  await emitPull({ state, repository: base, sender }, pull, 'synchronize', { before, after })
}

/** Everything that follows from a branch having moved: `push`, check suites, open pull requests. */
export async function branchMoved(move: BranchMove): Promise<void> {
  const { state, repository, branch, before, after, sender } = move
  const happening = { state, repository, sender }
  repository.pushedAt = state.now()
  await emitPush(happening, { ref: `refs/heads/${branch}`, before, after })
  if (after !== null) {
    const suite = suiteOf(state, repository, { sha: after, appId: state.app.id, branch })
    await emitCheckSuite(happening, suite, 'requested')
  }
  for (const base of state.repositories) {
    const pulls = base.pulls.filter(
      (each) =>
        each.state === 'open' &&
        each.head.repositoryId === repository.id &&
        each.head.branch === branch,
    )
    for (const pull of pulls) await synchronize(move, base, pull)
  }
}

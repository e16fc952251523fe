import type { DiffFile } from '../git/diff.ts'
import type { PullNumbers } from '../rest/views.ts'
import type { PullRequest, Repository } from '../state.ts'

/** The commit that a pull request is compared with: the merge base, as GitHub's three-dot diff. */
export async function diffBase(
  repository: Repository,
  pull: PullRequest,
  head: string,
): Promise<string> {
  return (await repository.git.mergeBase(pull.base.sha, head)) ?? pull.base.sha
}

/** The files of a pull request at its head, or at one of its earlier commits. */
export async function pullFiles(
  repository: Repository,
  pull: PullRequest,
  commit = pull.head.sha,
): Promise<DiffFile[]> {
  return repository.git.diff(await diffBase(repository, pull, commit), commit)
}

const cache = new WeakMap<PullRequest, { key: string; numbers: Promise<PullNumbers> }>()

async function readNumbers(repository: Repository, pull: PullRequest): Promise<PullNumbers> {
  const { git } = repository
  const [files, commits, mergeable] = await Promise.all([
    pullFiles(repository, pull),
    git.run(['rev-list', '--count', pull.head.sha, `^${pull.base.sha}`]),
    pull.state === 'open' ? git.canMerge(pull.base.sha, pull.head.sha) : null,
  ])
  return {
    commits: Number(commits),
    additions: files.reduce((sum, each) => sum + each.additions, 0),
    deletions: files.reduce((sum, each) => sum + each.deletions, 0),
    changedFiles: files.length,
    mergeable,
  }
}

/** Numbers that GitHub shows with a pull request, read from git once per base, head and state. */
export function pullNumbers(repository: Repository, pull: PullRequest): Promise<PullNumbers> {
  const key = `${pull.base.sha} ${pull.head.sha} ${pull.state}`
  const known = cache.get(pull)
  if (known?.key === key) return known.numbers
  const numbers = readNumbers(repository, pull)
  cache.set(pull, { key, numbers })
  return numbers
}

/** Whether a commit is one of the pull request's own. */
export async function isPullCommit(
  repository: Repository,
  pull: PullRequest,
  commit: string,
): Promise<boolean> {
  const resolved = /^[0-9a-f]{40}$/.test(commit) ? await repository.git.resolve(commit) : null
  if (resolved === null) return false
  const { git } = repository
  const [isInHead, isInBase] = await Promise.all([
    git.isAncestor(commit, pull.head.sha),
    git.isAncestor(commit, pull.base.sha),
  ])
  return isInHead && !isInBase
}

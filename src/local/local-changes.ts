import { Problem } from '#core/problem'
import { escapeLine } from '#core/text/hidden-characters'
import type { Changes, Snapshot } from '#flow/ports'
import { captureIndex, captureWorktree, type Uncommitted } from '#local/capture-uncommitted'
import { compareTrees } from '#local/compare-trees'
import { findDefaultBranch } from '#local/default-branch'
import { describeChange } from '#local/describe-change'
import { createLocalContents } from '#local/local-contents'
import { type LocalRepository, locateRepository } from '#local/locate-repository'
import { createPrivateGit, type PrivateGit } from '#local/private-git'
import { resolveRefs } from '#local/resolve-refs'
import { decode } from '#local/run-git'
import { readTrustedFiles } from '#local/trusted-files'

/** Which change of a local repository is meant. */
export interface LocalRange {
  /** A folder in the repository, or a bare repository. */
  readonly directory: string
  /** Null: the default branch. */
  readonly base: string | null
  /** Null: HEAD, with the working tree when it differs from HEAD. */
  readonly head: string | null
  /** The index instead of the working tree. Excludes `head`. */
  readonly staged: boolean
}

/** A change on this machine. What it holds on disk is freed by `close`. */
export interface LocalChanges extends Changes {
  /** Removes the private git directory; the snapshot's contents cannot be read afterwards. */
  close(): void
}

/** A head that was settled: a commit, or something uncommitted on top of HEAD. */
interface Head {
  readonly name: string
  readonly tree: string
  readonly commit: string
  readonly uncommitted: Uncommitted | null
}

/**
 * Reads a change by git objects alone: nothing of the repository is executed and nothing is
 * written to it. `snapshot` throws Problem `git.…` with one line for a person.
 */
export function createLocalChanges(range: LocalRange): LocalChanges {
  let git: PrivateGit | null = null
  return {
    async snapshot() {
      const repository = await locateRepository(range.directory)
      git ??= createPrivateGit(repository)
      return readSnapshot(repository, git, range)
    },
    close() {
      git?.close()
      git = null
    },
  }
}

async function readSnapshot(
  repository: LocalRepository,
  git: PrivateGit,
  range: LocalRange,
): Promise<Snapshot> {
  const branch = await findDefaultBranch(repository)
  const headRef = range.head ?? 'HEAD'
  const refs = range.base === null ? [headRef] : [headRef, range.base]
  const [headCommit = '', askedBase = branch?.commit] = await resolveRefs(repository, refs)
  if (askedBase === undefined) throw noDefaultBranch()
  const baseName = range.base ?? branch?.name ?? ''

  const [base, head, { trusted, notes: trustNotes }] = await Promise.all([
    mergeBase(repository, git, { base: askedBase, head: headCommit, baseName, headRef }),
    settleHead(repository, git, { range, commit: headCommit }),
    readTrustedFiles(git, branch?.commit ?? null),
  ])
  const [compared, words] = await Promise.all([
    compareTrees(git, base, head.tree),
    describeChange(git, base, headCommit),
  ])
  const leftOut = head.uncommitted?.leftOut ?? []
  const files = [...compared, ...leftOut.map(({ file }) => file)]
  return {
    base,
    head: head.name,
    files,
    totalFiles: files.length,
    ...words,
    trusted,
    contents: createLocalContents(git, {
      base,
      head: head.tree,
      tip: branch?.commit ?? base,
      refusedAtHead: new Map(leftOut.map(({ file, because }) => [file.path, because])),
    }),
    notes: [...rangeNotes(head, { base, baseName, headCommit, range }), ...trustNotes],
  }
}

async function settleHead(
  repository: LocalRepository,
  git: PrivateGit,
  { range, commit }: { range: LocalRange; commit: string },
): Promise<Head> {
  const committed = { name: commit, tree: commit, commit, uncommitted: null }
  if (range.staged) {
    if (repository.bare) {
      throw new Problem(
        'git.no-index',
        'told',
        'A bare repository has no index: leave out --staged.',
      )
    }
    const uncommitted = await captureIndex(repository, git)
    return { name: 'INDEX', tree: uncommitted.tree, commit, uncommitted }
  }
  if (range.head !== null || repository.worktree === null) return committed
  const uncommitted = await captureWorktree(repository, repository.worktree, git)
  const { stdout } = await git.run({ args: ['rev-parse', '--verify', `${commit}^{tree}`] })
  const clean = decode(stdout).trim() === uncommitted.tree && uncommitted.leftOut.length === 0
  return clean ? committed : { name: 'WORKTREE', tree: uncommitted.tree, commit, uncommitted }
}

interface Ends {
  readonly base: string
  readonly head: string
  readonly baseName: string
  readonly headRef: string
}

async function mergeBase(
  repository: LocalRepository,
  git: PrivateGit,
  { base, head, baseName, headRef }: Ends,
): Promise<string> {
  const answer = await git.run({ args: ['merge-base', base, head], expected: [0, 1, 128] })
  const [found] = decode(answer.stdout).split('\n')
  if (answer.code === 0 && found) return found
  const ends = `${escapeLine(baseName)} and ${escapeLine(headRef)}`
  if (repository.shallow) {
    const mend = 'git fetch --unshallow (in actions/checkout, fetch-depth: 0)'
    const message = `The clone is shallow and holds no common ancestor of ${ends}: ${mend}.`
    throw new Problem('git.shallow', 'told', message)
  }
  const message = `${ends} have no common ancestor, so there is no change from one to the other.`
  throw new Problem('git.unrelated', 'told', message)
}

function noDefaultBranch(): Problem {
  const message = 'Cannot tell the default branch of this repository: give --base.'
  return new Problem('git.no-default-branch', 'told', message)
}

function rangeNotes(
  head: Head,
  said: { base: string; baseName: string; headCommit: string; range: LocalRange },
): readonly string[] {
  const from = `the merge base with ${escapeLine(said.baseName)}`
  if (head.name === 'INDEX') return [`Compared the index with ${from}.`]
  if (head.uncommitted !== null) {
    const what = 'Compared HEAD plus the uncommitted changes of the working tree with'
    return [`${what} ${from}.`, ...head.uncommitted.notes]
  }
  if (said.base === said.headCommit && said.range.base === null) {
    return [`HEAD has nothing that ${escapeLine(said.baseName)} lacks; give --base, as in HEAD~1.`]
  }
  return []
}

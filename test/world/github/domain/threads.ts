import { findAnchor, moveLine, parseHunks } from '../git/hunks.ts'
import type { PullRequest, Repository, Thread } from '../state.ts'
import { diffBase, pullFiles } from './pull-data.ts'

type Move = { line: number | null; startLine: number | null } | null

/** Follows the lines of a thread from the commit it was written on to `to`. */
async function moveThread(
  repository: Repository,
  thread: Thread,
  to: { base: string; head: string },
): Promise<Move> {
  const { origin } = thread
  if (origin.line === null) return { line: null, startLine: null }
  const [from, target] =
    origin.side === 'LEFT' ? [origin.baseCommit, to.base] : [origin.commit, to.head]
  if (from === target) return { line: origin.line, startLine: origin.startLine }
  const args = ['diff', '-U0', '--no-renames', '--no-color', from, target, '--', thread.path]
  const patch = await repository.git.run(args)
  const hunks = patch === '' ? [] : parseHunks(patch.slice(Math.max(0, patch.indexOf('\n@@ ') + 1)))
  const line = moveLine(hunks, origin.line)
  const startLine = origin.startLine === null ? null : moveLine(hunks, origin.startLine)
  const isCut = line === null || (origin.startLine !== null && startLine === null)
  return isCut ? null : { line, startLine }
}

async function placeThread(
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  base: string,
): Promise<void> {
  const file = (await pullFiles(repository, pull)).find((each) => each.path === thread.path)
  const move = await moveThread(repository, thread, { base, head: pull.head.sha })
  if (file === undefined || move === null) {
    thread.current = null
    return
  }
  if (move.line === null) {
    thread.current = { ...move, position: null }
    return
  }
  const { side, startSide } = thread.origin
  const anchor = findAnchor(parseHunks(file.patch ?? ''), {
    line: move.line,
    side,
    startLine: move.startLine,
    startSide,
  })
  thread.current = anchor.ok ? { ...move, position: anchor.position } : null
}

/** Moves every thread of a pull request to its new head; threads whose lines changed become outdated. */
export async function placeThreads(repository: Repository, pull: PullRequest): Promise<void> {
  const base = await diffBase(repository, pull, pull.head.sha)
  for (const thread of pull.threads) await placeThread(repository, pull, thread, base)
}

import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { FileDiff } from '#core/diff/diff'
import { Problem } from '#core/problem'
import { escapeLine } from '#core/text/hidden-characters'
import type { LocalRepository } from '#local/locate-repository'
import { MAX_FILE_BYTES, type PrivateGit } from '#local/private-git'
import { TOO_LARGE } from '#local/read-blobs'
import { decode, type GitResult, nulParts } from '#local/run-git'
import { readWorkingTreeSettings } from '#local/working-tree-settings'

/** What is not committed, as a tree in the private directory. */
export interface Uncommitted {
  readonly tree: string
  /** Changed files whose content was not taken into the tree, and why. */
  readonly leftOut: readonly { readonly file: FileDiff; readonly because: string }[]
  readonly notes: readonly string[]
}

/** More untracked files than this are taken for something that was meant to be ignored. */
const MAX_UNTRACKED = 3000

/** The index as a tree. Throws Problem `git.unmerged` while conflicts stand in it. */
export async function captureIndex(
  repository: LocalRepository,
  git: PrivateGit,
): Promise<Uncommitted> {
  borrowIndex(repository, git)
  const { stdout } = await git.run({ args: ['ls-files', '--unmerged', '-z'] })
  const [conflict] = nulParts(stdout)
  if (conflict !== undefined) {
    const path = escapeLine(conflict.slice(conflict.indexOf('\t') + 1))
    throw new Problem('git.unmerged', 'told', `The index has unresolved conflicts: ${path}.`)
  }
  return { tree: await writeTree(git), leftOut: [], notes: [] }
}

/**
 * The working tree as a tree: tracked files as they stand on disk, and untracked files that are
 * not ignored, because a new file is the usual start of an integration. Content filters are
 * programs and are not run.
 */
export async function captureWorktree(
  repository: LocalRepository,
  worktree: string,
  git: PrivateGit,
): Promise<Uncommitted> {
  borrowIndex(repository, git)
  const settings = await readWorkingTreeSettings(repository, git)
  const inWorktree = (args: readonly string[], input?: Uint8Array, expected = [0]) =>
    git.run({
      args: [...settings.options, ...args],
      cwd: worktree,
      env: { GIT_WORK_TREE: worktree },
      expected,
      ...(input === undefined ? {} : { input }),
    })

  await inWorktree(['update-index', '-q', '--refresh', '--ignore-submodules'], undefined, [0, 1])
  const changed = await inWorktree(['diff-files', '--name-only', '-z', '--ignore-submodules=all'])
  const others = await inWorktree(['ls-files', '--others', '--exclude-standard', '-z'])
  const untracked = names(others.stdout).filter((name) => !name.endsWith('/'))
  const tooMany = untracked.length > MAX_UNTRACKED
  const listed = [...new Set(names(changed.stdout)), ...(tooMany ? [] : untracked)]
  const filtered = await namesWithFilter(listed, settings.filters, inWorktree)

  const leftOut: Uncommitted['leftOut'][number][] = []
  const taken: string[] = []
  const fresh = new Set(untracked)
  for (const name of listed.filter((each) => !filtered.has(each))) {
    const because = whyLeftOut(worktree, name)
    if (because === null) taken.push(name)
    else leftOut.push({ file: unread(shown(name), fresh.has(name)), because })
  }
  if (taken.length > 0) {
    const args = ['update-index', '--add', '--remove', '--replace', '-z', '--stdin']
    await inWorktree(args, nulList(taken))
  }
  const notes = notesOn({ untracked: untracked.length, tooMany, filtered: filtered.size })
  return { tree: await writeTree(git), leftOut, notes }
}

type InWorktree = (args: readonly string[], input?: Uint8Array) => Promise<GitResult>

/** Copies the index, so that nothing is written to the repository's own. */
function borrowIndex(repository: LocalRepository, git: PrivateGit): void {
  if (!existsSync(repository.index)) return
  const folder = dirname(repository.index)
  // A split index keeps most of its entries in a second file beside it.
  const shared = readdirSync(folder).filter((name) => name.startsWith('sharedindex.'))
  for (const name of shared) copyFileSync(join(folder, name), join(git.directory, name))
  const copy = join(git.directory, 'index')
  copyFileSync(repository.index, copy)
  // Git compares the content of files that are as young as their index; a copy must not look older
  // or younger than the original (gitrepository: racy-git).
  const seconds = Math.floor(statSync(repository.index).mtimeMs / 1000)
  utimesSync(copy, seconds, seconds)
}

async function writeTree(git: PrivateGit): Promise<string> {
  const { stdout } = await git.run({ args: ['write-tree', '--missing-ok'] })
  return decode(stdout).trim()
}

/** Files whose content passes through a program on its way into git, such as Git LFS. */
async function namesWithFilter(
  listed: readonly string[],
  filters: ReadonlySet<string>,
  inWorktree: InWorktree,
): Promise<ReadonlySet<string>> {
  if (listed.length === 0 || filters.size === 0) return new Set()
  const { stdout } = await inWorktree(['check-attr', '-z', '--stdin', 'filter'], nulList(listed))
  const parts = names(stdout)
  const filtered = new Set<string>()
  for (let index = 0; index + 2 < parts.length; index += 3) {
    const [name = '', , value = ''] = parts.slice(index, index + 3)
    if (filters.has(value)) filtered.add(name)
  }
  return filtered
}

function whyLeftOut(worktree: string, name: string): string | null {
  const path = Buffer.concat([Buffer.from(`${worktree}/`), Buffer.from(name, 'latin1')])
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile()) return null
  if (stat.size > MAX_FILE_BYTES) return TOO_LARGE
  try {
    accessSync(path, constants.R_OK)
    return null
  } catch {
    return 'not readable by this user'
  }
}

function unread(path: string, added: boolean): FileDiff {
  const change = added ? 'added' : 'modified'
  return { path, previousPath: null, change, content: 'missing', hunks: [] }
}

function notesOn(count: { untracked: number; tooMany: boolean; filtered: number }): string[] {
  const notes: string[] = []
  if (count.tooMany) {
    notes.push(`${count.untracked} untracked files were left out: more than ${MAX_UNTRACKED}.`)
  } else if (count.untracked > 0) {
    const files =
      count.untracked === 1 ? '1 untracked file is' : `${count.untracked} untracked files are`
    notes.push(`${files} part of the change; ignored files are not.`)
  }
  if (count.filtered > 0) {
    const what = 'pass through a content filter (such as Git LFS) that is not run'
    notes.push(`Uncommitted changes of files that ${what} were left out: ${count.filtered}.`)
  }
  return notes
}

/** Names as Latin-1, one character for each byte, so that none is lost on its way through us. */
function names(bytes: Uint8Array): string[] {
  const parts = Buffer.from(bytes).toString('latin1').split('\0')
  parts.pop()
  return parts
}

function nulList(list: readonly string[]): Uint8Array {
  return Buffer.from(list.map((name) => `${name}\0`).join(''), 'latin1')
}

function shown(name: string): string {
  return decode(Buffer.from(name, 'latin1'))
}

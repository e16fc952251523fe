import type { PrivateGit } from '#local/private-git'
import { nulParts } from '#local/run-git'

/** What stands at a path of a tree. A submodule is a commit of another repository. */
type TreeKind = 'file' | 'symlink' | 'submodule'

/** One entry of a tree, without the folders. */
export interface TreeEntry {
  readonly kind: TreeKind
  readonly id: string
}

/**
 * Every entry of a tree (or of a commit's tree) below the given folders or at the given paths, by
 * path. A name that is not UTF-8 has U+FFFD in it, as in a diff.
 */
export async function readTree(
  git: PrivateGit,
  tree: string,
  below: readonly string[] = [],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const { stdout } = await git.run({
    args: ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...below],
  })
  const entries = new Map<string, TreeEntry>()
  for (const part of nulParts(stdout)) {
    const tab = part.indexOf('\t')
    const [mode = '', , id = ''] = part.slice(0, tab).split(' ')
    const path = part.slice(tab + 1)
    if (!entries.has(path)) entries.set(path, { kind: kindOf(mode), id })
  }
  return entries
}

function kindOf(mode: string): TreeKind {
  if (mode === '120000') return 'symlink'
  return mode === '160000' ? 'submodule' : 'file'
}

import type { At, Contents, FileContent } from '#flow/ports'
import type { PrivateGit } from '#local/private-git'
import { readBlobs } from '#local/read-blobs'
import { readTree, type TreeEntry } from '#local/read-tree'

/** The trees of a change, and what at the head could not be taken into its tree. */
export interface ContentsSource {
  readonly base: string
  readonly head: string
  /** The default branch, or the base where there is none. */
  readonly tip: string
  /** Paths of the working tree that are not in the head tree as they stand on disk, with why. */
  readonly refusedAtHead: ReadonlyMap<string, string>
}

/**
 * Reads files out of git objects. A path is looked up in the tree byte by byte and never opened on
 * disk, so `..`, absolute paths and links lead nowhere. Each tree is listed once.
 */
export function createLocalContents(git: PrivateGit, source: ContentsSource): Contents {
  const trees = new Map<At, Promise<ReadonlyMap<string, TreeEntry>>>()
  const treeAt = (at: At) => {
    const tree = trees.get(at) ?? readTree(git, source[at])
    trees.set(at, tree)
    return tree
  }
  return {
    async read(paths, at) {
      const contents = new Map(await readEntries(git, await treeAt(at), paths))
      for (const path of at === 'head' ? paths : []) {
        const because = source.refusedAtHead.get(path)
        if (because !== undefined) contents.set(path, { kind: 'refused', because })
      }
      return contents
    },
    async list(at) {
      const paths = [...(await treeAt(at)).keys()].sort(compareNames)
      return { paths, complete: true }
    },
  }
}

/** What the asked paths hold in a tree that was listed. */
export async function readEntries(
  git: PrivateGit,
  tree: ReadonlyMap<string, TreeEntry>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const entries = paths.map((path) => [path, tree.get(path)] as const)
  const ids = entries.flatMap(([, entry]) => (entry?.kind === 'file' ? [entry.id] : []))
  const blobs = await readBlobs(git, ids)
  return new Map(entries.map(([path, entry]) => [path, contentOf(entry, blobs)]))
}

function contentOf(
  entry: TreeEntry | undefined,
  blobs: ReadonlyMap<string, FileContent>,
): FileContent {
  if (entry === undefined) return { kind: 'missing' }
  if (entry.kind === 'symlink') return { kind: 'refused', because: 'a symbolic link' }
  if (entry.kind === 'submodule') return { kind: 'refused', because: 'a submodule' }
  return blobs.get(entry.id) ?? { kind: 'missing' }
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

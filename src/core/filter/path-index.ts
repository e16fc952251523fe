/** Paths of a repository, found by the names that import lines use. */
export interface PathIndex {
  has(path: string): boolean
  /** Paths whose file has this name; ending, case, hyphens and underscores are ignored. */
  byName(name: string): readonly string[]
  /** Paths whose folder, or the last dotted part of it, has this name; case is ignored. */
  byFolder(name: string): readonly string[]
}

/** Indexes paths once, so that resolving an import does not look at all of them. */
export function createPathIndex(paths: Iterable<string>): PathIndex {
  const all = new Set(paths)
  const names = new Map<string, string[]>()
  const folders = new Map<string, string[]>()
  for (const path of all) {
    add(names, plainName(nameOf(path)), path)
    add(folders, lastPart(folderOf(path)), path)
  }
  return {
    has: (path) => all.has(path),
    byName: (name) => names.get(plainName(name)) ?? [],
    byFolder: (name) => folders.get(name.toLowerCase()) ?? [],
  }
}

/** The folder of a path without a slash at its end; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The name of a file without its folder and its endings: `charge` of `src/charge.test.ts`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\..*$/, '')
}

const plainName = (name: string) => name.replaceAll(/[-_]/g, '').toLowerCase()
const lastPart = (folder: string) => (/[^/.]*$/.exec(folder)?.[0] ?? '').toLowerCase()

function add(table: Map<string, string[]>, key: string, path: string): void {
  const known = table.get(key)
  if (known === undefined) table.set(key, [path])
  else known.push(path)
}

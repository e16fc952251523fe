import type { FileDiff } from '#core/diff/diff'
import type { Finding } from '#core/findings/finding'

/** The path under which each file of a change was first seen, as far as it differs from its own. */
export type FirstPaths = ReadonlyMap<string, string>

interface Followed {
  readonly files: readonly FileDiff[]
  /** Files and first paths of the review before this one. */
  readonly before: FirstPaths
  readonly seen: ReadonlySet<string>
  readonly findings: readonly Finding[]
  /** The lines of a file at the head, null where they are not known. */
  readonly linesOf: (path: string) => readonly string[] | null
}

/**
 * Follows files that were renamed between two pushes: git compares with the base only, where a file
 * that the change added has no other name. A file that is gone is looked for among those that are
 * new, by the lines that its findings stand on; where two could be meant, none is.
 */
export function firstPaths({ files, before, seen, findings, linesOf }: Followed): FirstPaths {
  const here = new Set(files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]))
  const fresh = files.filter(({ path, change }) => change !== 'removed' && !seen.has(path))
  const first = new Map<string, string>()
  for (const { path, previousPath } of files) {
    const known = before.get(path) ?? previousPath
    if (known !== null && known !== path) first.set(path, known)
  }
  for (const [path, lost] of Map.groupBy(findings, (finding) => finding.path)) {
    if (here.has(path)) continue
    const marks = lost.flatMap(({ evidence: [own] }) => (own?.path === path ? [own.text] : []))
    const holders = fresh.filter((file) => {
      const lines = new Set(linesOf(file.path) ?? [])
      return marks.length > 0 && marks.every((mark) => mark.trim() !== '' && lines.has(mark))
    })
    const named = holders.filter((file) => nameOf(file.path) === nameOf(path))
    const [only, another] = named.length === 1 ? named : holders
    if (only !== undefined && another === undefined) first.set(only.path, before.get(path) ?? path)
  }
  return first
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

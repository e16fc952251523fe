import type { PackedDiff } from '#core/agent/pack-diffs'
import type { Selection } from '#core/filter/selection'
import type { Coverage } from '#core/report/report'

/** How much of one file the agent reviewed. */
export interface FileCoverage {
  readonly coverage: Coverage
  readonly because: string | null
}

/** What decides how much of each file was reviewed. */
interface Seen {
  readonly selection: Selection
  readonly diff: PackedDiff
  readonly ending:
    | { readonly kind: 'finished' }
    | { readonly kind: 'cut' | 'failed'; readonly because: string }
  /** Files that were read to their end through a tool. */
  readonly read: ReadonlySet<string>
  readonly notReviewed: readonly { readonly path: string; readonly because: string }[]
}

/** How much of each selected file the agent reviewed: never more than what it saw to the end. */
export function coverageOf(seen: Seen): ReadonlyMap<string, FileCoverage> {
  const shown = new Map(seen.diff.shown.map((file) => [file.path, file]))
  const leftOut = new Map(seen.diff.leftOut.map((file) => [file.path, file.because]))
  const skipped = new Map(seen.notReviewed.map((file) => [file.path, file.because]))
  const selected = seen.selection.filter((file) => file.decision === 'selected')
  return new Map(
    selected.map(({ path }): [string, FileCoverage] => {
      if (seen.ending.kind === 'failed') return [path, failed(seen.ending.because)]
      const because = leftOut.get(path)
      if (because !== undefined && seen.read.has(path)) {
        return [path, partly(`${because}; the file was read as a whole`)]
      }
      const diff = shown.get(path)
      if (diff === undefined) return [path, failed(because ?? 'its change was not shown')]
      if (seen.ending.kind === 'cut') return [path, partly(seen.ending.because)]
      if (skipped.has(path)) return [path, failed('the reviewer could not review it')]
      return [path, diff.cut === null ? { coverage: 'reviewed', because: null } : partly(diff.cut)]
    }),
  )
}

function partly(because: string): FileCoverage {
  return { coverage: 'partial', because }
}

function failed(because: string): FileCoverage {
  return { coverage: 'failed', because }
}

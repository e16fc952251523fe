import type { FileDiff } from '#core/diff/diff'
import { pathFacts } from '#core/filter/file-kind'
import type { FileDecision } from '#core/filter/selection'

/** Decisions that no text can change. */
const SETTLED: ReadonlySet<string> = new Set(['exclude', 'generated', 'vendored', 'binary'])

/**
 * Whether a file's whole text is wanted after a first decision by names and diffs alone: for
 * selected files, which are reviewed, and for code, where the rest of the file may tell more.
 */
export function needsText(file: FileDiff, first: FileDecision): boolean {
  if (file.change === 'removed' || file.content === 'binary') return false
  if (first.decision === 'selected') return true
  const { kind } = pathFacts(file.path)
  const settled = SETTLED.has(first.reasons[0]?.signal ?? '')
  return (kind === 'source' || kind === 'view') && !settled
}

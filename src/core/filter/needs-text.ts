import type { FileDiff } from '#core/diff/diff'
import { pathFacts } from '#core/filter/file-kind'
import type { FileDecision } from '#core/filter/selection'

/**
 * Whether a file's whole text is wanted after a first decision by its path or its diff alone: for
 * selected files, which are reviewed, and for code, where the rest of the file may tell more.
 */
export function needsText(file: FileDiff, first: FileDecision): boolean {
  if (file.change === 'removed' || file.content === 'binary') return false
  if (first.decision === 'selected') return true
  return (isReadableCode(file) || mayDescribe(file)) && !isSettled(first)
}

/** Settings, which may describe a client without code. */
const mayDescribe = ({ path }: FileDiff) =>
  pathFacts(path).kind === 'configuration' && /\.ya?ml$/i.test(path)

/** Decisions that no text can change. */
const SETTLED: ReadonlySet<string> = new Set(['exclude', 'generated', 'vendored', 'binary'])

/** Whether a path was skipped for what it is called, so that nothing in it counts. */
export function isSettled({ decision, reasons }: FileDecision): boolean {
  return decision === 'skipped' && SETTLED.has(reasons[0]?.signal ?? '')
}

/** Code that has a text at head. */
export function isReadableCode({ path, change }: FileDiff): boolean {
  const { kind } = pathFacts(path)
  return change !== 'removed' && (kind === 'source' || kind === 'view')
}

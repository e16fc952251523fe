import { type Applied, applyLearnings, type Fact, type Origin } from '#core/memory/apply-learnings'
import {
  MAX_OVERLAY_FILES,
  MEMORY_INDEX,
  type MemoryEdit,
  type MemoryFile,
} from '#core/memory/memory'
import { unlinkTopics } from '#core/memory/memory-index'
import { mergeOverlay } from '#core/memory/merge-overlay'
import { removeEntries } from '#core/memory/remove-entries'
import type { PlannedMemoryEdit } from '#core/plan/plan'

/** What is to be changed. */
export interface Change<T extends Fact> {
  /** What the agent removed. */
  readonly overlay: readonly PlannedMemoryEdit[]
  readonly learnings: readonly T[]
  /** Ids of entries to take out. */
  readonly forget: ReadonlySet<string>
}

/** What was changed; `forgotten` are the ids that were found and taken out. */
export interface Changed<T> extends Applied<T> {
  readonly forgotten: readonly string[]
}

/**
 * Everything that one commit changes in the folder as it stands at the tip: first what was removed,
 * then what was learned. The edits name only files whose text is different afterwards.
 */
export function changeMemory<T extends Fact>(
  tip: readonly MemoryFile[],
  change: Change<T>,
  origin: Origin,
): Changed<T> {
  const removed = removeEntries(withOverlay(tip, change.overlay), change.forget)
  const pruned = removed.files
  const applied = applyLearnings(pruned, change.learnings, origin)
  const texts = new Map<string, string | null>(pruned.map(({ path, text }) => [path, text]))
  for (const { path, text } of applied.edits) texts.set(path, text)
  for (const { path } of tip) if (!texts.has(path)) texts.set(path, null)
  const edits = [...texts].flatMap(([path, text]): MemoryEdit[] => {
    const before = tip.find((file) => file.path === path)?.text
    return before === text ? [] : [{ path, text }]
  })
  const sorted = edits.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { ...applied, edits: sorted, forgotten: removed.ids }
}

function withOverlay(
  tip: readonly MemoryFile[],
  overlay: readonly PlannedMemoryEdit[],
): MemoryFile[] {
  const removed: string[] = []
  let changed = 0
  const files = tip.flatMap((file): MemoryFile[] => {
    const edit = overlay.find(({ path }) => path === file.path)
    const text =
      edit === undefined || changed >= MAX_OVERLAY_FILES ? file.text : mergeOverlay(edit, file.text)
    if (text !== file.text) changed += 1
    if (text !== null) return [{ path: file.path, text }]
    removed.push(file.path)
    return []
  })
  if (removed.length === 0) return files
  return files.map((file) =>
    file.path === MEMORY_INDEX ? { ...file, text: unlinkTopics(file.text, removed) } : file,
  )
}

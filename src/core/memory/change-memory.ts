import { type Applied, applyLearnings, type Origin } from '#core/memory/apply-learnings'
import {
  MAX_OVERLAY_FILES,
  MEMORY_INDEX,
  type MemoryEdit,
  type MemoryFile,
} from '#core/memory/memory'
import { unlinkTopics } from '#core/memory/memory-index'
import { mergeOverlay } from '#core/memory/merge-overlay'
import type { PlannedLearning, PlannedMemoryEdit } from '#core/plan/plan'

/**
 * Everything that one run changes in the folder as it stands at the tip: first what the agent
 * removed, then what was learned. The edits name only files whose text is different afterwards.
 */
export function changeMemory(
  tip: readonly MemoryFile[],
  overlay: readonly PlannedMemoryEdit[],
  learnings: readonly PlannedLearning[],
  origin: Origin,
): Applied<PlannedLearning> {
  const pruned = withOverlay(tip, overlay)
  const applied = applyLearnings(pruned, learnings, origin)
  const texts = new Map<string, string | null>(pruned.map(({ path, text }) => [path, text]))
  for (const { path, text } of applied.edits) texts.set(path, text)
  for (const { path } of tip) if (!texts.has(path)) texts.set(path, null)
  const edits = [...texts].flatMap(([path, text]): MemoryEdit[] => {
    const before = tip.find((file) => file.path === path)?.text
    return before === text ? [] : [{ path, text }]
  })
  return { ...applied, edits: edits.sort((a, b) => (a.path < b.path ? -1 : 1)) }
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

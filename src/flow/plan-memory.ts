import type { MemoryFile } from '#core/memory/memory'
import { planLearnings } from '#core/memory/plan-learnings'
import { splitOverlay } from '#core/memory/split-overlay'
import type { PlannedLearning, PlannedMemoryEdit } from '#core/plan/plan'
import type { Author } from '#flow/admit'
import type { Examined, ExamineNeeds } from '#flow/examine'
import type { Gathered } from '#flow/gather'
import { learnInventory } from '#flow/learn-inventory'
import type { Contents } from '#flow/ports'
import type { Scope } from '#flow/select'

/** What will be remembered, and when. */
export interface PlannedMemory {
  readonly learnings: readonly PlannedLearning[]
  readonly edits: readonly PlannedMemoryEdit[]
}

const NOTHING: PlannedMemory = { learnings: [], edits: [] }

/**
 * Decides what this review teaches: what the agent wrote down, and what the code on the default
 * branch says by itself. Each learning passes the gate and is checked against the line it cites.
 */
export async function planMemory(
  needs: ExamineNeeds,
  review: {
    readonly gathered: Gathered
    readonly scope: Scope
    readonly examined: Examined
    readonly author: Author
  },
): Promise<PlannedMemory> {
  const { gathered, scope, examined, author } = review
  if (gathered.settings.memory.mode === 'off' || scope.files.length === 0) return NOTHING
  const overlay = splitOverlay(gathered.memory.files, examined.memoryEdits)
  const inventory = await learnInventory({ ...needs, ...needs.knowledge }, gathered, scope)
  const learnings = [...overlay.learnings, ...inventory]
  const cited = [
    ...new Set(learnings.flatMap(({ citation }) => (citation === null ? [] : [citation.path]))),
  ]
  const { contents } = gathered.snapshot
  const { planned, refused } = planLearnings({
    learnings,
    reviewed: await textsAt(contents, cited, 'head'),
    tip: await textsAt(contents, cited, 'tip'),
    author,
  })
  for (const { reason, detail } of refused) needs.log.warn({ reason, detail }, 'learning refused')
  // Rewriting what is written already is trusted to the same people as writing.
  const mayEdit = author.mayWrite && !author.fork
  return { learnings: planned, edits: mayEdit ? overlay.edits : [] }
}

async function textsAt(
  contents: Contents,
  paths: readonly MemoryFile['path'][],
  at: 'head' | 'tip',
): Promise<ReadonlyMap<string, string>> {
  const read = await contents.read(paths, at)
  return new Map(
    [...read].flatMap(([path, content]) => (content.kind === 'text' ? [[path, content.text]] : [])),
  )
}

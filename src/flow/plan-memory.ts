import { inventoryLearnings } from '#core/memory/inventory-learnings'
import type { Learning, MemoryFile } from '#core/memory/memory'
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

/** What the default branch says by itself, read from the first time that somebody asks for it. */
export interface LearnedMeanwhile {
  begin(): Promise<readonly Learning[]>
}

/** Has the default branch read as early as somebody wishes, such as while a model thinks. */
export function learnMeanwhile(
  needs: ExamineNeeds,
  gathered: Gathered,
  scope: Scope,
): LearnedMeanwhile {
  let learning: Promise<readonly Learning[]> | null = null
  return {
    begin() {
      const nothing = gathered.settings.memory.mode === 'off' || scope.files.length === 0
      if (nothing) return Promise.resolve([])
      learning ??= learnInventory(needs, gathered, scope)
      learning.catch(() => undefined)
      return learning
    },
  }
}

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
    readonly learned: LearnedMeanwhile
  },
): Promise<PlannedMemory> {
  const { gathered, scope, examined, author, learned } = review
  if (gathered.settings.memory.mode === 'off' || scope.files.length === 0) return NOTHING
  const overlay = splitOverlay(gathered.memory.files, examined.memoryEdits)
  const seen = await learned.begin()
  // The same of the reviewed files as the change leaves them: what is new waits for the merge.
  const added = inventoryLearnings(examined.integrations)
  const paths = pathsOf([...seen, ...added, ...overlay.learnings])
  const { contents } = gathered.snapshot
  const [tip, head] = [
    await textsAt(contents, paths, 'tip'),
    await textsAt(contents, paths, 'head'),
  ]
  const plans = [
    planLearnings({ learnings: seen, reviewed: tip, tip, author }),
    planLearnings({ learnings: [...overlay.learnings, ...added], reviewed: head, tip, author }),
  ]
  for (const { reason, detail } of plans.flatMap((plan) => plan.refused)) {
    needs.log.warn({ reason, detail }, 'learning refused')
  }
  // Rewriting what is written already is trusted to the same people as writing.
  const mayEdit = author.mayWrite && !author.fork
  const planned = plans.flatMap((plan) => plan.planned)
  const first = (one: PlannedLearning) => planned.find((other) => other.text === one.text) === one
  return { learnings: planned.filter(first), edits: mayEdit ? overlay.edits : [] }
}

function pathsOf(learnings: readonly Learning[]): readonly string[] {
  return [
    ...new Set(learnings.flatMap(({ citation }) => (citation === null ? [] : [citation.path]))),
  ]
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

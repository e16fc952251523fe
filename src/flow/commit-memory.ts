import { changeMemory } from '#core/memory/change-memory'
import { entryId } from '#core/memory/memory-entry'
import { refuseEdits } from '#core/memory/memory-paths'
import { reciteLearnings } from '#core/memory/plan-learnings'
import type { PlannedLearning, PlannedMemoryEdit } from '#core/plan/plan'
import { Problem } from '#core/problem'
import type { Clock } from '#flow/ports'
import type { CommitOutcome, MemoryHome } from '#flow/pull-request-port'

/** The default branch of a busy repository moves between our read and our write. */
const MAX_TRIES = 5
const FIRST_WAIT_MS = 200

/** One commit to the memory folder. */
export interface MemoryChange {
  readonly agent: string
  readonly pull: number
  /** The line that tells this commit from every other, so that it is made once. */
  readonly trailer: string
  readonly learnings: readonly PlannedLearning[]
  readonly edits: readonly PlannedMemoryEdit[]
}

interface Needs {
  readonly home: MemoryHome
  readonly clock: Clock
  /** From 0 to below 1, to keep competing writers apart. */
  readonly random: () => number
  readonly signal?: AbortSignal
  /** Called right before each write. */
  readonly beforeCommit?: () => Promise<unknown>
}

/**
 * What came of it. `gone` cite lines that the tip does not have, `deferred` did not fit into one
 * commit; neither was written.
 */
export type MemoryCommit = (
  | { readonly kind: 'committed'; readonly sha: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly because: string }
) & { readonly gone: readonly PlannedLearning[]; readonly deferred: readonly PlannedLearning[] }

/**
 * Commits a change to the folder at most once, by compare and swap: read the tip, look for our own
 * commit, apply the change to what people have written meanwhile, write only if the tip is still
 * the same. A write whose answer was lost is safe to try again: had it landed, the tip has moved.
 */
export async function commitMemory(needs: Needs, change: MemoryChange): Promise<MemoryCommit> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    if (attempt > 0) await needs.clock.sleep(waitMs(attempt, needs.random), needs.signal)
    const done = await tryCommit(needs, change)
    if (done !== null) return done
  }
  const because = `the branch moved ${MAX_TRIES} times while the memory was written`
  return { kind: 'refused', because, gone: [], deferred: [] }
}

/** Null when somebody else was faster. */
async function tryCommit(needs: Needs, change: MemoryChange): Promise<MemoryCommit | null> {
  const { home } = needs
  const tip = await home.tip()
  const ids = change.learnings.map((learning) => entryId(learning.text))
  const ours = await home.findCommits([change.trailer, ...ids.map(learnedTrailer)])
  const sha = ours.get(change.trailer)
  if (sha !== undefined) return { kind: 'committed', sha, gone: [], deferred: [] }
  const { found, gone } = reciteLearnings(change.learnings, await citedTexts(home, change))
  const origin = {
    today: new Date(needs.clock.now()).toISOString().slice(0, 10),
    commit: tip.commit,
    pull: change.pull,
    retired: new Set(ids.filter((id) => ours.has(learnedTrailer(id)))),
  }
  const applied = changeMemory(tip.files, change.edits, found, origin)
  const rest = { gone, deferred: applied.deferred }
  if (applied.edits.length === 0) return { kind: 'unchanged', ...rest }
  const refusal = refuseEdits({ agent: change.agent, files: tip.files, edits: applied.edits })
  if (refusal !== null) return { kind: 'refused', because: refusal, ...rest }
  await needs.beforeCommit?.()
  const outcome = await send(home, {
    branch: tip.branch,
    expected: tip.commit,
    headline: headline(change.pull, applied.learned.length, applied.confirmed.length),
    body: body(change, applied.learned),
    edits: applied.edits,
  })
  return outcome.kind === 'stale' ? null : { ...outcome, ...rest }
}

async function citedTexts(
  home: MemoryHome,
  change: MemoryChange,
): Promise<ReadonlyMap<string, string>> {
  const paths = [...new Set(change.learnings.flatMap(({ citation }) => citation?.path ?? []))]
  if (paths.length === 0) return new Map()
  const contents = await home.readAtTip(paths)
  return new Map(
    [...contents].flatMap(([path, file]) =>
      file.kind === 'text' ? [[path, file.text] as const] : [],
    ),
  )
}

async function send(
  home: MemoryHome,
  commit: Parameters<MemoryHome['commit']>[0],
): Promise<CommitOutcome> {
  try {
    return await home.commit(commit)
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.kind !== 'retry') throw failure
    return { kind: 'stale' }
  }
}

/** Doubling waits with full jitter: writers that collided once do not collide again in step. */
function waitMs(attempt: number, random: () => number): number {
  return Math.round(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + random()))
}

/** Says in the history that an entry was written, so that a deleted one is not written again. */
function learnedTrailer(id: string): string {
  return `Learned: ${id}`
}

/** No words of a person or a model: a subject like "fixes #1" would act on GitHub. */
function headline(pull: number, learned: number, confirmed: number): string {
  const facts = (count: number) => (count === 1 ? '1 fact' : `${count} facts`)
  if (learned > 0) return `docs(memory): learn ${facts(learned)} from #${pull}`
  if (confirmed > 0) return `docs(memory): confirm ${facts(confirmed)} with #${pull}`
  return `docs(memory): remove what does not hold any more, seen in #${pull}`
}

function body(change: MemoryChange, learned: readonly string[]): string {
  return [
    'Edit or revert this freely: what is deleted is not learned again.',
    '',
    change.trailer,
    `Source-PR: #${change.pull}`,
    ...learned.map(learnedTrailer),
  ].join('\n')
}

import { type Changed, changeMemory } from '#core/memory/change-memory'
import type { MemoryFile } from '#core/memory/memory'
import { entryId, entryIds } from '#core/memory/memory-entry'
import { refuseEdits } from '#core/memory/memory-paths'
import { parseMemory } from '#core/memory/parse-memory'
import { reciteLearnings } from '#core/memory/plan-learnings'
import type { PlannedLearning, PlannedMemoryEdit } from '#core/plan/plan'
import { Problem } from '#core/problem'
import type { Clock } from '#flow/ports'
import type { CommitOutcome, MemoryBranch } from '#flow/pull-request-port'

/** The default branch of a busy repository moves between our read and our write. */
const MAX_TRIES = 5
const FIRST_WAIT_MS = 200
/** Commits of ours within a minute: each of them starts the repository's CI. */
const MAX_COMMITS = 2
const MINUTE_MS = 60_000
/** When a branch that moved at every try is tried again. */
const RESTLESS_MS = 15_000

/** A learning that may be written, and the pull request that taught it. */
export interface DueLearning extends Omit<PlannedLearning, 'when'> {
  readonly pull?: number | undefined
  readonly merged?: boolean | undefined
}

/** One commit to the memory folder. */
export interface MemoryChange {
  readonly agent: string
  readonly pull: number
  /** The line that tells this commit from every other, so that it is made once. */
  readonly trailer: string
  readonly learnings: readonly DueLearning[]
  readonly edits: readonly PlannedMemoryEdit[]
  /** Ids of entries to take out. */
  readonly forget?: readonly string[]
}

/** What writing takes besides the branch. */
export interface CommitNeeds {
  readonly clock: Clock
  /** From 0 to below 1, to keep competing writers apart. */
  readonly random: () => number
  readonly signal?: AbortSignal
  /** Whether the commit says `[skip ci]` where the branch requires no checks. */
  readonly skipCi?: boolean
  /** Called right before each write. */
  readonly beforeCommit?: () => Promise<unknown>
}

/** What was left out of a commit: `gone` cites lines that the tip lacks, `deferred` did not fit. */
interface LeftOut {
  readonly gone: readonly DueLearning[]
  readonly deferred: readonly DueLearning[]
}

/**
 * What came of it. `postponed`: there were enough commits within the last minute, or the branch moved
 * at every try. `learned` and `forgotten` are ids.
 */
export type MemoryCommit = (
  | {
      readonly kind: 'committed'
      readonly sha: string
      readonly learned: readonly string[]
      readonly forgotten: readonly string[]
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'postponed'; readonly delayMs: number }
  | {
      readonly kind: 'refused'
      readonly because: string
      /** Whether the branch refused, and another might not. */
      readonly byBranch: boolean
    }
) &
  LeftOut

/**
 * Commits a change to the folder at most once, by compare and swap: read the tip, look for our own
 * commit, apply the change to what people have written meanwhile, write only if the tip is still
 * the same. A write whose answer was lost is safe to try again: had it landed, the tip has moved.
 */
export async function commitMemory(
  needs: CommitNeeds,
  branch: MemoryBranch,
  change: MemoryChange,
): Promise<MemoryCommit> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    if (attempt > 0) await needs.clock.sleep(waitMs(attempt, needs.random), needs.signal)
    const done = await tryCommit(needs, branch, change)
    if (done !== null) return done
  }
  return { kind: 'postponed', delayMs: RESTLESS_MS, gone: [], deferred: [] }
}

/** Null when somebody else was faster. */
async function tryCommit(
  needs: CommitNeeds,
  branch: MemoryBranch,
  change: MemoryChange,
): Promise<MemoryCommit | null> {
  const tip = await branch.tip()
  const ids = change.learnings.map((learning) => entryId(learning.text))
  const ours = await branch.history([
    change.trailer,
    ...ids.flatMap((id) => [learnedTrailer(id), supersededTrailer(id)]),
  ])
  const sha = ours.carried.get(change.trailer)
  const texts = await citedTexts(branch, change, tip.files)
  const { found, gone } = reciteLearnings(change.learnings, texts)
  if (sha !== undefined) {
    // It was made before, perhaps when less waited: what it does not hold is still to be written.
    const held = new Set(tip.files.flatMap(({ text }) => entryIds(text)))
    const isHeld = ({ text }: DueLearning) =>
      held.has(entryId(text)) || ours.carried.has(learnedTrailer(entryId(text)))
    const deferred = found.filter((learning) => !isHeld(learning))
    const lost = gone.filter((learning) => !isHeld(learning))
    return { kind: 'committed', sha, learned: [], forgotten: [], gone: lost, deferred }
  }
  const now = needs.clock.now()
  const applied = changeMemory(
    tip.files,
    { overlay: change.edits, learnings: found, forget: new Set(change.forget ?? []) },
    {
      today: new Date(now).toISOString().slice(0, 10),
      commit: tip.commit,
      pull: change.pull,
      retired: new Set(ids.filter((id) => isRetired(id, ours.carried))),
      texts,
    },
  )
  const rest = { gone, deferred: applied.deferred }
  if (applied.edits.length === 0) return { kind: 'unchanged', ...rest }
  const refusal = refuseEdits({ agent: change.agent, files: tip.files, edits: applied.edits })
  if (refusal !== null) return { kind: 'refused', because: refusal, byBranch: false, ...rest }
  const delayMs = pauseMs(ours.madeAt, now)
  if (delayMs > 0) return { kind: 'postponed', delayMs, ...rest }
  const startsCi = needs.skipCi !== true || (await branch.requiresChecks())
  await needs.beforeCommit?.()
  const outcome = await send(branch, {
    branch: tip.branch,
    expected: tip.commit,
    headline: headline(change, applied),
    body: body(change, applied, startsCi),
    edits: applied.edits,
  })
  if (outcome.kind === 'stale') return null
  if (outcome.kind === 'refused') return { ...outcome, byBranch: true, ...rest }
  return { ...outcome, learned: applied.learned, forgotten: applied.forgotten, ...rest }
}

/** Written once and taken out by a person: what another entry replaced may come back. */
function isRetired(id: string, carried: ReadonlyMap<string, string>): boolean {
  return carried.has(learnedTrailer(id)) && !carried.has(supersededTrailer(id))
}

/** How long until one more commit is no more than two within a minute. */
function pauseMs(madeAt: readonly number[], now: number): number {
  const recent = madeAt.filter((at) => at > now - MINUTE_MS).toSorted((a, b) => b - a)
  const oldest = recent[MAX_COMMITS - 1]
  return oldest === undefined ? 0 : Math.min(MINUTE_MS, oldest + MINUTE_MS - now)
}

/** What the facts cite, and what entries that say the same cite already; a missing file is empty. */
async function citedTexts(
  branch: MemoryBranch,
  { learnings }: MemoryChange,
  files: readonly MemoryFile[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(learnings.map(({ text }) => entryId(text)))
  const entries = files.flatMap(({ text }) => parseMemory(text).entries)
  const cited = [...learnings, ...entries.filter(({ id }) => ids.has(id))]
  const paths = [...new Set(cited.flatMap(({ citation }) => citation?.path ?? []))]
  if (paths.length === 0) return new Map()
  const contents = await branch.readAtTip(paths)
  return new Map(
    [...contents].flatMap(([path, file]) => {
      if (file.kind === 'refused') return []
      return [[path, file.kind === 'text' ? file.text : ''] as const]
    }),
  )
}

async function send(
  branch: MemoryBranch,
  commit: Parameters<MemoryBranch['commit']>[0],
): Promise<CommitOutcome> {
  try {
    return await branch.commit(commit)
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

/** Says that nobody deleted it: another entry took its place. */
function supersededTrailer(id: string): string {
  return `Superseded: ${id}`
}

/** No words of a person or a model: a subject like "fixes #1" would act on GitHub. */
function headline(
  { pull, learnings }: MemoryChange,
  { learned, confirmed, forgotten }: Changed<DueLearning>,
): string {
  const count = (ids: readonly string[]) => (ids.length === 1 ? '1 fact' : `${ids.length} facts`)
  const pulls = [...new Set(learnings.map((one) => one.pull ?? pull))].sort((a, b) => a - b)
  const from = pulls.length > 3 ? `${pulls.length} pull requests` : sources(pulls)
  if (learned.length > 0) return `docs(memory): learn ${count(learned)} from ${from}`
  if (confirmed.length > 0) return `docs(memory): confirm ${count(confirmed)} with ${from}`
  if (forgotten.length > 0) return `docs(memory): forget ${count(forgotten)}, asked in #${pull}`
  return `docs(memory): remove what does not hold any more, seen in #${pull}`
}

function sources(pulls: readonly number[]): string {
  return pulls.map((pull) => `#${pull}`).join(' and ')
}

/** CI services look for `[skip ci]` in the first words: those after the headline are ours. */
function body(change: MemoryChange, changed: Changed<DueLearning>, startsCi: boolean): string {
  const pulls = [...new Set([change.pull, ...change.learnings.flatMap(({ pull }) => pull ?? [])])]
  return [
    'Edit or revert this freely: what is deleted is not learned again.',
    ...(startsCi ? [''] : ['', '[skip ci]', '']),
    change.trailer,
    ...pulls.map((pull) => `Source-PR: #${pull}`),
    ...changed.learned.map(learnedTrailer),
    ...changed.superseded.map(supersededTrailer),
    ...changed.forgotten.map((id) => `Forgotten: ${id}`),
  ].join('\n')
}

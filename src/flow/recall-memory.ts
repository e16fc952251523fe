import { languageOf } from '#core/facts/language'
import type { FindingClass } from '#core/findings/finding'
import { readDecision } from '#core/memory/decision'
import {
  type CitedTexts,
  citedPaths,
  type JudgedEntry,
  judgeEntries,
  withLabels,
} from '#core/memory/entry-status'
import { loadMemory } from '#core/memory/load-memory'
import { MEMORY_INDEX, type MemoryFile } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import { pathsNamedIn } from '#core/memory/named-paths'
import { parseMemory } from '#core/memory/parse-memory'
import {
  type Chosen,
  type Concern,
  chooseTopics,
  type DecisionInForce,
  decisionsInForce,
  recalledOfPull,
} from '#core/memory/recall'
import type { WaitingLearning } from '#core/plan/plan'
import type { Gathered } from '#flow/gather'
import type { Contents } from '#flow/ports'
import type { Scope } from '#flow/select'

/** The memory as one review knows it. */
export interface RecalledMemory {
  /** For the system prompt: the index, with its doubtful entries marked. */
  readonly index: string
  /** Every file as the agent's tool shows it, with doubtful entries marked. */
  readonly files: readonly MemoryFile[]
  readonly entries: readonly JudgedEntry[]
  /** What maintainers accepted, in the folder or on this pull request. */
  readonly decisions: readonly DecisionInForce[]
  /** Files of code that entries name: what the rules may find a wrapper in. */
  readonly named: readonly string[]
  /** What earlier reviews of this pull request learned and nobody else may know yet. */
  readonly waiting: readonly WaitingLearning[]
}

/** Files whose cited lines are looked at: one question to GitHub. The others' entries stand as they are. */
const MAX_CITED_FILES = 100

/**
 * Looks whether the entries still hold: the lines that they cite are read at the tip of the default
 * branch, those of decisions first.
 */
export async function recallMemory(
  { snapshot, memory }: Gathered,
  scope: Scope,
  waiting: readonly WaitingLearning[],
): Promise<RecalledMemory> {
  const own = recalledOfPull(waiting)
  const texts =
    scope.files.length === 0
      ? new Map<string, never>()
      : await readCited(snapshot.contents, memory.files, concernOf(scope, []))
  const entries = judgeEntries(memory.files, texts)
  const files = withLabels(memory.files, entries)
  return {
    index: loadMemory(files).promptText,
    files,
    entries,
    decisions: [...decisionsInForce(entries), ...own.flatMap(decisionOf)],
    named: [...pathsNamedIn(memory.files).keys()].filter((path) => languageOf(path) !== null),
    waiting: own,
  }
}

/** Every entry of the folder with its status, as the code stands at the tip of the default branch. */
export async function judgeFolder(
  contents: Contents,
  files: readonly MemoryFile[],
): Promise<readonly JudgedEntry[]> {
  return judgeEntries(files, await readTexts(contents, citedPaths(files)))
}

async function readCited(
  contents: Contents,
  files: readonly MemoryFile[],
  concern: Concern,
): Promise<CitedTexts> {
  const near = new Set(chooseTopics(files, concern).topics.map(({ path }) => path))
  const rank = (file: MemoryFile) => {
    if (parseMemory(file.text).entries.some(({ text }) => readDecision(text) !== null)) return 0
    if (file.path === MEMORY_INDEX) return 1
    return near.has(file.path) ? 2 : 3
  }
  const ranked = files
    .map((file) => ({ file, rank: rank(file) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ file }) => file)
  return readTexts(contents, citedPaths(ranked))
}

async function readTexts(contents: Contents, cited: readonly string[]): Promise<CitedTexts> {
  const paths = cited.slice(0, MAX_CITED_FILES)
  if (paths.length === 0) return new Map()
  const read = await contents.read(paths, 'tip')
  return new Map(
    [...read].flatMap(([path, content]) => {
      if (content.kind === 'refused') return []
      return [[path, content.kind === 'text' ? content.text : null] as const]
    }),
  )
}

function decisionOf({ text, author }: WaitingLearning): readonly DecisionInForce[] {
  const decision = author === undefined ? null : readDecision(text)
  return decision === null || author === undefined
    ? []
    : [{ ...decision, entry: entryId(text), by: author }]
}

/** What the topics are chosen by. */
function concernOf({ files, selection }: Scope, classes: readonly FindingClass[]): Concern {
  const selected = selection.filter((one) => one.decision === 'selected')
  return {
    providers: new Set(selected.flatMap((one) => one.providers)),
    paths: new Set(files.flatMap((file) => [file.path, file.previousPath ?? file.path])),
    classes: new Set(classes),
  }
}

/** The topics to read before judging this change, when it is known what the rules found. */
export function topicsFor(
  { files }: RecalledMemory,
  scope: Scope,
  classes: readonly FindingClass[],
): Chosen {
  return chooseTopics(files, concernOf(scope, classes))
}

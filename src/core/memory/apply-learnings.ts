import {
  type Citation,
  MAX_FILES_PER_COMMIT,
  MAX_OVERLAY_FILES,
  MEMORY_INDEX,
  type MemoryEdit,
  type MemoryFile,
} from '#core/memory/memory'
import {
  confirmation,
  entryId,
  entryIds,
  type MemoryEntry,
  normalise,
  renderEntry,
} from '#core/memory/memory-entry'
import { linkTopics } from '#core/memory/memory-index'
import type { LocatedEntry } from '#core/memory/parse-memory'
import {
  addBullet,
  type Draft,
  insertText,
  openDraft,
  topicPath,
  writeDraft,
} from '#core/memory/topic-files'

/** A fact to write, with its citation as it stands at `Origin.commit`. */
interface Fact {
  readonly topic: string
  readonly text: string
  readonly citation: Citation | null
}

/** Where and when the facts were learned. */
export interface Origin {
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** The commit at which the citations hold. */
  readonly commit: string
  readonly pull: number
  /**
   * Ids that we wrote once. One of these that no longer stands in the folder was deleted, by a
   * person or as outdated, and is not written again.
   */
  readonly retired: ReadonlySet<string>
}

/** What became of the facts. `deferred` did not fit into one commit. */
export interface Applied<T> {
  readonly edits: MemoryEdit[]
  /** The ids that are new in the folder. */
  readonly learned: string[]
  readonly confirmed: string[]
  readonly deferred: T[]
}

/** An entry of the folder, and its words for comparison. */
interface Held {
  readonly draft: Draft
  readonly entry: LocatedEntry
  readonly words: Words
}

interface Words {
  readonly all: ReadonlySet<string>
  /** Numbers, names in code and negations, in one string. */
  readonly telling: string
}

/** What the folder already says; null for an id that stands where nothing can be confirmed. */
interface Known {
  readonly ids: Map<string, Held | null>
  readonly texts: Map<string, string | null>
}

/**
 * Writes facts into the folder as the smallest textual change: a new bullet after our last one, a
 * confirmation within an existing one, a link in the index. The same facts on the same files
 * always give the same bytes, whatever order they come in.
 */
export function applyLearnings<T extends Fact>(
  files: readonly MemoryFile[],
  facts: readonly T[],
  origin: Origin,
): Applied<T> {
  const drafts = new Map(files.flatMap(({ path, text }) => entryOf(path, openDraft(path, text))))
  const known = knownIn(drafts)
  const closed = files.filter((file) => !drafts.has(file.path)).map((file) => file.path)
  const result: Applied<T> = { edits: [], learned: [], confirmed: [], deferred: [] }
  for (const fact of [...facts].sort(byPlace)) {
    const id = entryId(fact.text)
    const same = findSame(known, id, fact)
    if (same === 'known') continue
    if (same !== null) {
      if (confirm(same, drafts, origin)) result.confirmed.push(same.entry.id)
    } else if (!origin.retired.has(id)) {
      const bullet = renderEntry(newEntry(id, fact, origin))
      if (place(drafts, closed, fact.topic, bullet)) {
        result.learned.push(id)
        known.ids.set(id, null)
        known.texts.set(normalise(fact.text), id)
      } else result.deferred.push(fact)
    }
  }
  result.edits.push(...editsOf(drafts, files))
  return result
}

function entryOf(path: string, draft: Draft | null): [string, Draft][] {
  return draft === null ? [] : [[path, draft]]
}

function knownIn(drafts: ReadonlyMap<string, Draft>): Known {
  const known: Known = { ids: new Map(), texts: new Map() }
  for (const draft of drafts.values()) {
    // An entry that a person put into a table or a code block is still there.
    for (const id of entryIds(draft.before ?? '')) known.ids.set(id, null)
  }
  for (const draft of drafts.values()) {
    for (const text of draft.parsed.otherBullets) known.texts.set(normalise(text), null)
    for (const entry of draft.parsed.entries) {
      known.ids.set(entry.id, { draft, entry, words: wordsOf(entry.text) })
      known.texts.set(normalise(entry.text), entry.id)
    }
  }
  return known
}

/** The entry that says the same already; `known` when there is nothing to confirm in it. */
function findSame(known: Known, id: string, fact: Fact): Held | 'known' | null {
  const byText = known.texts.get(normalise(fact.text))
  const sameId = known.ids.has(id) ? id : byText
  if (sameId === null) return 'known'
  if (sameId !== undefined) return known.ids.get(sameId) ?? 'known'
  const words = wordsOf(fact.text)
  for (const held of known.ids.values()) {
    const samePath = held?.entry.citation?.path === fact.citation?.path
    if (held !== null && fact.citation !== null && samePath && isClose(held.words, words))
      return held
  }
  return null
}

/** Whether two wordings differ in little words only: in no number, name or negation. */
function isClose(a: Words, b: Words): boolean {
  if (a.telling !== b.telling) return false
  let common = 0
  for (const word of a.all) if (b.all.has(word)) common += 1
  return common >= 4 * (a.all.size + b.all.size - 2 * common)
}

function wordsOf(text: string): Words {
  const code = text.match(/`[^`]*`/g) ?? []
  const all = normalise(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const hard = all.filter((word) => /\d|^(?:not|no|never|without|only|un\w+|except)$/.test(word))
  return { all: new Set(all), telling: [...new Set([...code, ...hard])].sort().join('\n') }
}

/** A second pull request that sees the same makes an entry firm; a third adds nothing. */
function confirm(
  { draft, entry }: Held,
  drafts: ReadonlyMap<string, Draft>,
  origin: Origin,
): boolean {
  const isFirm = entry.confirmed !== null || entry.learned === null || entry.confirmAt === null
  if (isFirm || entry.learned?.pull === origin.pull) return false
  const at = entry.confirmAt ?? 0
  if (draft.splices.some((splice) => splice.start === at)) return false
  if (!isChanged(draft) && countChanged(drafts) >= MAX_TOPIC_FILES) return false
  return insertText(draft, at, confirmation({ date: origin.today, pull: origin.pull }))
}

function newEntry(id: string, fact: Fact, origin: Origin): MemoryEntry {
  const { citation, text } = fact
  return {
    id,
    text: text.replace(/\s+/g, ' ').trim(),
    citation:
      citation === null
        ? null
        : { path: citation.path, line: citation.line, commit: origin.commit.slice(0, 7) },
    learned: { date: origin.today, pull: origin.pull },
    confirmed: null,
  }
}

/** Room for the agent's removals and for the index is kept free. */
const MAX_TOPIC_FILES = MAX_FILES_PER_COMMIT - MAX_OVERLAY_FILES - 1

/** Puts the bullet into the first file of its topic that has room, within the commit's limit. */
function place(
  drafts: Map<string, Draft>,
  closed: readonly string[],
  topic: string,
  bullet: string,
): boolean {
  for (let number = 1; number < 1_000; number += 1) {
    const path = topicPath(topic, number, [...drafts.keys(), ...closed])
    if (closed.includes(path)) continue
    const draft = drafts.get(path) ?? openDraft(path, null)
    if (draft === null) return false
    if (!isChanged(draft) && countChanged(drafts) >= MAX_TOPIC_FILES) return false
    if (addBullet(draft, bullet)) {
      drafts.set(path, draft)
      return true
    }
  }
  return false
}

function isChanged(draft: Draft): boolean {
  return draft.bullets.length > 0 || draft.splices.length > 0
}

function countChanged(drafts: ReadonlyMap<string, Draft>): number {
  return [...drafts.values()].filter(isChanged).length
}

function editsOf(drafts: ReadonlyMap<string, Draft>, files: readonly MemoryFile[]): MemoryEdit[] {
  const changed = [...drafts.values()].filter(isChanged)
  const texts = new Map(changed.map((draft) => [draft.path, writeDraft(draft)]))
  const grown = changed.filter((draft) => draft.bullets.length > 0).map((draft) => draft.path)
  const index = files.find((file) => file.path === MEMORY_INDEX)?.text ?? null
  if (grown.length > 0 && (index === null || drafts.has(MEMORY_INDEX))) {
    texts.set(MEMORY_INDEX, linkTopics(texts.get(MEMORY_INDEX) ?? index, grown))
  }
  return [...texts]
    .filter(([path, text]) => text !== files.find((file) => file.path === path)?.text)
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

function byPlace(a: Fact, b: Fact): number {
  return (
    compare(a.topic, b.topic) ||
    compare(a.citation?.path ?? '', b.citation?.path ?? '') ||
    (a.citation?.line ?? 0) - (b.citation?.line ?? 0) ||
    compare(a.text, b.text)
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

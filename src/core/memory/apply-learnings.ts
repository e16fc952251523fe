import { findContradicted } from '#core/memory/contradiction'
import { findSame, type Held, type Known, knownIn } from '#core/memory/known-entries'
import { findDigest, lineDigest } from '#core/memory/line-anchor'
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
  type MemoryEntry,
  normalise,
  type PinnedCitation,
  renderCitation,
  renderEntry,
} from '#core/memory/memory-entry'
import { linkTopics } from '#core/memory/memory-index'
import {
  addBullet,
  type Draft,
  insertText,
  openDraft,
  replaceText,
  topicPath,
  writeDraft,
} from '#core/memory/topic-files'
import { splitLines } from '#core/text/lines'

/** A fact to write, with its citation as it stands at `Origin.commit`. */
export interface Fact {
  readonly topic: string
  readonly text: string
  readonly citation: Citation | null
  /** Login of the maintainer who said so. */
  readonly author?: string | undefined
  /** The pull request that taught it; that of the commit where none is named. */
  readonly pull?: number | undefined
  /** Whether that pull request has merged. */
  readonly merged?: boolean | undefined
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
   * person or as outdated, and is not written again, except when a maintainer says it anew.
   */
  readonly retired: ReadonlySet<string>
  /** The cited files at `commit`, from which the digests of cited lines are made. */
  readonly texts: ReadonlyMap<string, string>
}

/** What became of the facts. `deferred` did not fit into one commit. */
export interface Applied<T> {
  readonly edits: MemoryEdit[]
  /** The ids that are new in the folder. */
  readonly learned: string[]
  readonly confirmed: string[]
  /** The ids whose places were taken. */
  readonly superseded: string[]
  readonly deferred: T[]
}

/**
 * Writes facts into the folder as the smallest textual change: a new bullet after our last one, a
 * confirmation or a fresh citation within an existing one, a bullet in the place of one that it
 * makes wrong, a link in the index. The same facts on the same files always give the same bytes,
 * whatever order they come in.
 */
export function applyLearnings<T extends Fact>(
  files: readonly MemoryFile[],
  facts: readonly T[],
  origin: Origin,
): Applied<T> {
  const drafts = new Map(files.flatMap(({ path, text }) => entryOf(path, openDraft(path, text))))
  const folder: Folder = {
    drafts,
    known: knownIn(drafts),
    closed: files.filter((file) => !drafts.has(file.path)).map((file) => file.path),
    said: new Set(facts.map((fact) => entryId(fact.text))),
  }
  const result: Applied<T> = {
    ...{ edits: [], learned: [], confirmed: [], superseded: [], deferred: [] },
  }
  for (const fact of [...facts].sort(byPlace)) applyOne(folder, fact, origin, result)
  result.edits.push(...editsOf(drafts, files))
  return result
}

/** The files while they are being changed, and those that stay closed. */
interface Folder {
  readonly drafts: Map<string, Draft>
  readonly known: Known
  readonly closed: readonly string[]
  /** The ids of all facts at hand: none of them makes another one wrong. */
  readonly said: ReadonlySet<string>
}

function applyOne<T extends Fact>(
  folder: Folder,
  fact: T,
  origin: Origin,
  result: Applied<T>,
): void {
  const id = entryId(fact.text)
  const same = findSame(folder.known, id, fact)
  if (same === 'known') return
  if (same !== null) {
    const changed = [confirm(same, folder, fact, origin), recite(same, folder, fact, origin)]
    if (changed.includes(true)) result.confirmed.push(same.entry.id)
    return
  }
  if (origin.retired.has(id) && fact.author === undefined) return
  const wrong = findContradicted(folder, fact, origin.texts)
  const replaces = wrong?.entry.id ?? null
  const bullet = renderEntry(newEntry(id, fact, origin, replaces))
  if (
    !((wrong !== null && supersede(wrong, folder, bullet)) || place(folder, fact.topic, bullet))
  ) {
    result.deferred.push(fact)
    return
  }
  result.learned.push(id)
  folder.known.ids.set(id, null)
  folder.known.texts.set(normalise(fact.text), id)
  if (replaces === null) return
  result.superseded.push(replaces)
  folder.known.ids.set(replaces, null)
}

function entryOf(path: string, draft: Draft | null): [string, Draft][] {
  return draft === null ? [] : [[path, draft]]
}

/** A second pull request that sees the same makes an entry firm; a third adds nothing. */
function confirm({ draft, entry }: Held, folder: Folder, fact: Fact, origin: Origin): boolean {
  const pull = fact.pull ?? origin.pull
  const isFirm = entry.confirmed !== null || entry.merged || entry.by !== null
  if (isFirm || entry.learned === null || entry.confirmAt === null) return false
  const said = fact.merged === true || fact.author !== undefined
  if (entry.learned.pull === pull && !said) return false
  const at = entry.confirmAt
  if (draft.splices.some((splice) => splice.start === at) || !isOpen(draft, folder)) return false
  return insertText(draft, at, confirmation({ date: origin.today, pull }))
}

/** A citation whose line is gone is replaced by the place where the same was seen now. */
function recite({ draft, entry }: Held, folder: Folder, fact: Fact, origin: Origin): boolean {
  const { cited, citation } = entry
  if (cited === null || citation === null || fact.citation === null) return false
  const text = origin.texts.get(citation.path)
  if (text === undefined || citation.digest === null) return false
  const holds = findDigest(citation.digest, splitLines(text), citation.line) !== null
  if (holds || !isOpen(draft, folder)) return false
  if (draft.splices.some((splice) => splice.start === cited.start)) return false
  return replaceText(draft, cited, renderCitation(pinned(fact.citation, origin)))
}

/** Puts the bullet where the wrong one stands, unless a person wrote on below that. */
function supersede({ draft, entry }: Held, folder: Folder, bullet: string): boolean {
  if (entry.hasNotes || !isOpen(draft, folder)) return false
  const own = { start: entry.wordsAt, end: entry.end }
  if (draft.splices.some(({ start, end }) => start < own.end && end >= own.start)) return false
  return replaceText(draft, own, bullet)
}

function newEntry(id: string, fact: Fact, origin: Origin, replaces: string | null): MemoryEntry {
  const { citation, text, author, merged = false } = fact
  return {
    id,
    text: text.replace(/\s+/g, ' ').trim(),
    citation: citation === null ? null : pinned(citation, origin),
    learned: { date: origin.today, pull: fact.pull ?? origin.pull },
    by: author ?? null,
    merged: merged && author === undefined,
    replaces,
    confirmed: null,
  }
}

function pinned({ path, line }: Citation, { commit, texts }: Origin): PinnedCitation {
  const text = texts.get(path)
  const digest = text === undefined ? null : lineDigest(splitLines(text), line)
  return { path, line, commit: commit.slice(0, 7), digest }
}

/** Room for the agent's removals and for the index is kept free. */
const MAX_TOPIC_FILES = MAX_FILES_PER_COMMIT - MAX_OVERLAY_FILES - 1

/** Whether one more change of this file stays within the limit of one commit. */
function isOpen(draft: Draft, { drafts }: Folder): boolean {
  return isChanged(draft) || countChanged(drafts) < MAX_TOPIC_FILES
}

/** Puts the bullet into the first file of its topic that has room, within the commit's limit. */
function place(folder: Folder, topic: string, bullet: string): boolean {
  const { drafts, closed } = folder
  for (let number = 1; number < 1_000; number += 1) {
    const path = topicPath(topic, number, [...drafts.keys(), ...closed])
    if (closed.includes(path)) continue
    const draft = drafts.get(path) ?? openDraft(path, null)
    if (draft === null || !isOpen(draft, folder)) return false
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

import { findDigest } from '#core/memory/line-anchor'
import type { MemoryFile } from '#core/memory/memory'
import type { MemoryEntry } from '#core/memory/memory-entry'
import { type LocatedEntry, parseMemory } from '#core/memory/parse-memory'
import { splitLines } from '#core/text/lines'

/**
 * How far an entry is believed. `candidate`: one open pull request saw it. `active`: a maintainer
 * said it, a second pull request saw it, or its pull request merged. `suspect`: the line that it
 * cites has changed or is gone, so that it is only a question. `retired`: another one took its place,
 * or the file that it cites is gone, so that nothing is left to ask about. It stays in the folder,
 * where people decide; a file that is back, or the same fact cited elsewhere, brings it back. What a
 * maintainer said is never retired by a file that goes: it waits as a question.
 */
export type EntryStatus = 'candidate' | 'active' | 'suspect' | 'retired'

/** An entry, where it stands, and how far it is believed. */
export interface JudgedEntry {
  /** The file of the folder. */
  readonly file: string
  readonly entry: LocatedEntry
  readonly status: EntryStatus
}

/** The cited files as they are now: null for one that does not exist. Files not read are left out. */
export type CitedTexts = ReadonlyMap<string, string | null>

/** Every entry of the folder with its status. An entry whose file was not read is taken at its word. */
export function judgeEntries(files: readonly MemoryFile[], texts: CitedTexts): JudgedEntry[] {
  const read = files.map((file) => ({ file: file.path, entries: parseMemory(file.text).entries }))
  const replaced = new Set(read.flatMap(({ entries }) => entries.map((entry) => entry.replaces)))
  return read.flatMap(({ file, entries }) =>
    entries.map((entry) => ({ file, entry, status: statusOf(entry, replaced, texts) })),
  )
}

function statusOf(
  entry: MemoryEntry,
  replaced: ReadonlySet<string | null>,
  texts: CitedTexts,
): EntryStatus {
  if (replaced.has(entry.id) || isOrphan(entry, texts)) return 'retired'
  if (!holds(entry, texts)) return 'suspect'
  // Words that a person put into their own form are that person's.
  if (entry.learned === null || entry.by !== null || entry.merged) return 'active'
  return entry.confirmed === null ? 'candidate' : 'active'
}

/** Whether the file that an entry of ours rests on does not exist any more. */
function isOrphan({ citation, learned, by }: MemoryEntry, texts: CitedTexts): boolean {
  return citation !== null && learned !== null && by === null && texts.get(citation.path) === null
}

/** Whether the cited line still stands in its file, wherever it has moved to there. */
function holds({ citation }: MemoryEntry, texts: CitedTexts): boolean {
  if (citation === null) return true
  const text = texts.get(citation.path)
  if (text === undefined) return true
  if (text === null) return false
  const lines = splitLines(text)
  // Without a digest only the line's existence can be told.
  if (citation.digest === null) return citation.line <= lines.length
  return findDigest(citation.digest, lines, citation.line) !== null
}

/** The paths that the entries of these files cite, each once, in the order of the files. */
export function citedPaths(files: readonly MemoryFile[]): readonly string[] {
  const entries = files.flatMap((file) => parseMemory(file.text).entries)
  return [...new Set(entries.flatMap(({ citation }) => citation?.path ?? []))]
}

/** What stands before the words of an entry that is not to be relied on. */
const LABELS = {
  candidate: '[candidate: seen once] ',
  suspect: '[suspect: its cited line has changed; does this still hold?] ',
  retired: '[retired: replaced by another entry, or its cited file is gone] ',
} as const

/** The files as a reviewer sees them: entries that are no more than a hint say so. */
export function withLabels(
  files: readonly MemoryFile[],
  judged: readonly JudgedEntry[],
): readonly MemoryFile[] {
  return files.map((file) => {
    const doubtful = judged.flatMap(({ file: path, entry, status }) =>
      path === file.path && status !== 'active'
        ? [{ at: entry.wordsAt, label: LABELS[status] }]
        : [],
    )
    const text = doubtful
      .toSorted((a, b) => b.at - a.at)
      .reduce((rest, { at, label }) => rest.slice(0, at) + label + rest.slice(at), file.text)
    return { ...file, text }
  })
}

/** The text without our labels, as it stands in the file. */
export function withoutLabels(text: string): string {
  return Object.values(LABELS).reduce((rest, label) => rest.replaceAll(label, ''), text)
}

import { MEMORY_INDEX, type MemoryFile } from '#core/memory/memory'
import { unlinkTopics } from '#core/memory/memory-index'
import { type LocatedEntry, parseMemory } from '#core/memory/parse-memory'

/** The files after entries were taken out, and the ids that were found. */
export interface Removed {
  readonly files: readonly MemoryFile[]
  readonly ids: readonly string[]
}

/**
 * Takes entries out of the folder, each bullet with what hangs below it and nothing else. A file
 * of which only headings are left goes too, with our line for it in the index.
 */
export function removeEntries(files: readonly MemoryFile[], ids: ReadonlySet<string>): Removed {
  const removed = new Set<string>()
  const emptied: string[] = []
  const left = files.flatMap((file): MemoryFile[] => {
    const named = parseMemory(file.text).entries.filter(({ id }) => ids.has(id))
    // What hangs below another one goes with it.
    const found = named.filter(
      (one) => !named.some((other) => other.start < one.start && other.end >= one.end),
    )
    if (found.length === 0) return [file]
    for (const { id } of named) removed.add(id)
    const text = found
      .toSorted((a, b) => b.start - a.start)
      .reduce((rest, bullet) => withoutLines(rest, ownPart(rest, bullet)), file.text)
    if (file.path === MEMORY_INDEX || parseMemory(text).hasBody) return [{ ...file, text }]
    emptied.push(file.path)
    return []
  })
  const unlinked = left.map((file) =>
    file.path === MEMORY_INDEX ? { ...file, text: unlinkTopics(file.text, emptied) } : file,
  )
  return { files: unlinked, ids: [...removed] }
}

/**
 * The bullet without a line that is not indented: markdown counts such a line to the paragraph above
 * it, and people do not.
 */
function ownPart(text: string, { id, start, end }: LocatedEntry): { start: number; end: number } {
  const marked = text.indexOf(`[${id}]`, start)
  const outdented = /\n(?=[^\s])/g
  outdented.lastIndex = Math.max(start, marked)
  const next = outdented.exec(text)?.index ?? end
  return { start, end: Math.min(end, next) }
}

/** The text without the lines of a bullet, their endings included. */
function withoutLines(text: string, { start, end }: { start: number; end: number }): string {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const newline = text.indexOf('\n', end)
  if (newline !== -1) return text.slice(0, from) + text.slice(newline + 1)
  // The last line of a file without a final line ending takes the one before it along.
  return text.slice(0, from).replace(/\r?\n$/, '')
}

/**
 * The entry that a person means by an id or its beginning, of six characters or more; null where
 * none or several begin so.
 */
export function findEntryId(typed: string, ids: Iterable<string>): string | null {
  const wanted = /^m-/.test(typed) ? typed : `m-${typed}`
  if (wanted.length < 6) return null
  const found = [...new Set(ids)].filter((id) => id.startsWith(wanted))
  return found.length === 1 ? (found[0] ?? null) : null
}

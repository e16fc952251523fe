import type { FileDiff, Hunk } from '#core/diff/diff'
import { hunksEnd } from '#core/diff/hunk-ends'
import { parsePatch } from '#core/diff/parse-patch'

/** Everything about a file but its hunks. */
export type FileHead = Omit<FileDiff, 'hunks'>

/** Gives a reader of the hunks of a patch that adds up. */
export type Shelf = (patch: string) => () => readonly Hunk[]

/** Read hunks take several times the memory of their text, of which no more than this is kept. */
const SHELF_SIZE = 8 * 1024 * 1024

/**
 * Keeps the hunks that were read last: those of an ordinary change all, of a huge one the few that
 * are in work. One shelf serves one change.
 */
export function createShelf(limit = SHELF_SIZE): Shelf {
  const kept = new Map<() => readonly Hunk[], { hunks: readonly Hunk[]; size: number }>()
  let size = 0
  return (patch) => {
    const read = () => {
      const known = kept.get(read)
      if (known) return known.hunks
      const hunks = parsed(patch)
      kept.set(read, { hunks, size: patch.length })
      size += patch.length
      for (const [oldest, { size: freed }] of kept) {
        if (size <= limit || oldest === read) break
        kept.delete(oldest)
        size -= freed
      }
      return hunks
    }
    return read
  }
}

function parsed(patch: string): readonly Hunk[] {
  const read = parsePatch(patch)
  if (read.ok) return read.hunks
  throw new Error(`A patch whose lines were counted could not be read: ${read.reason}`)
}

/** A file with the hunks of its patch, which are read when they are asked for. */
export function withPatch(file: FileHead, patch: string, shelf: Shelf): FileDiff {
  return hunksEnd(patch, 0) === patch.length
    ? withCountedPatch(file, patch, shelf)
    : withDoubtfulPatch(file, patch)
}

/** The same for a patch that is known to add up. */
export function withCountedPatch(file: FileHead, patch: string, shelf: Shelf): FileDiff {
  const { path, previousPath, change, content } = file
  if (patch === '') return { path, previousPath, change, content, hunks: [] }
  const read = shelf(patch)
  return {
    path,
    previousPath,
    change,
    content,
    get hunks() {
      return read()
    },
  }
}

/** The same for a patch that the counting did not accept: it is read at once, to know what it is. */
export function withDoubtfulPatch(file: FileHead, patch: string): FileDiff {
  const read = parsePatch(patch)
  return read.ok ? { ...file, hunks: read.hunks } : { ...file, content: 'unreadable', hunks: [] }
}

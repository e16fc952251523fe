import type { FileDiff } from '#core/diff/diff'
import { hunksEnd } from '#core/diff/hunk-ends'
import { createShelf, type Shelf, withCountedPatch, withDoubtfulPatch } from '#core/diff/lazy-hunks'
import { FILE_HEADER, readHeader } from '#core/diff/read-header'

/**
 * Maps the output of `git diff` (with `a/` and `b/` prefixes): one pass over its lines finds each
 * file and counts its hunks, which are read when they are asked for. A file that does not add up
 * is `unreadable` and takes no other with it. The files hold on to the text, not to copies of it.
 */
export function parseGitDiff(text: string): readonly FileDiff[] {
  const shelf = createShelf()
  const files: FileDiff[] = []
  let at = text.startsWith(FILE_HEADER) ? 0 : nextFile(text, 0)
  while (at < text.length) {
    const { file, end } = readFile(text, at, shelf)
    files.push(file)
    at = end
  }
  return files
}

function readFile(text: string, start: number, shelf: Shelf): { file: FileDiff; end: number } {
  const { path, previousPath, change, named, binary, end: from } = readHeader(text, start)
  const head = { path, previousPath, change }
  if (binary || !named) {
    const content = named ? 'binary' : 'unreadable'
    return { file: { ...head, content, hunks: [] }, end: nextFile(text, from - 1) }
  }
  const counted = hunksEnd(text, from)
  if (counted !== null && (counted === text.length || text.startsWith(FILE_HEADER, counted))) {
    const patch = text.slice(from, counted)
    return { file: withCountedPatch({ ...head, content: 'text' }, patch, shelf), end: counted }
  }
  const end = nextFile(text, from - 1)
  return { file: withDoubtfulPatch({ ...head, content: 'text' }, text.slice(from, end)), end }
}

/** A line of content starts with a blank, `+`, `-` or `\`, so a header can stand nowhere else. */
function nextFile(text: string, from: number): number {
  const found = text.indexOf(`\n${FILE_HEADER}`, from)
  return found === -1 ? text.length : found + 1
}

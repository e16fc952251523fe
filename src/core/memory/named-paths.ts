import { MEMORY_INDEX, type MemoryFile } from '#core/memory/memory'
import { readEntry } from '#core/memory/memory-entry'

/** What the memory says of a path. */
export interface PathNote {
  /** The topic file without its ending: `stripe`; empty for the index. */
  readonly topic: string
  /** The sentence on one line, without its citation and id. */
  readonly text: string
}

/** A memory of any size names no more paths than this. */
const MAX_PATHS = 500
const MAX_BULLET = 2_000
const PATH =
  /`([\w@.+()[\]~-]+(?:\/[\w@.+()[\]~-]+)*\.\w{1,10})(?::\d{1,7})?(?:\s@[0-9a-f]{7,40}(?:\s#[0-9a-f]{8})?)?`/g
const BULLET = /^\s{0,8}[-*+]\s+(\S.*)$/
const HEADING = /^#{1,6}\s+(.*)$/
/** Words of headings and first words of entries under which nothing counts any more. */
const OVER = /^\W*(?:suspects?|retired|outdated|obsolete|wrong|removed)\b/i
/** A sentence that takes a path back names it all the same. */
const DENIES =
  /~~|\b(?:no longer|not an? integration|is unused|was (?:removed|deleted)|dead code)\b/i

/**
 * The paths that entries name, in their citations and in their words, each with the first entry
 * that does. Struck out, suspect and retired ones name nothing. Candidates count: a wrong one
 * makes a file read in vain, and no more.
 */
export function pathsNamedIn(files: readonly MemoryFile[]): ReadonlyMap<string, PathNote> {
  const named = new Map<string, PathNote>()
  for (const [path, note] of files.flatMap(notesIn)) {
    if (!named.has(path)) named.set(path, note)
    if (named.size === MAX_PATHS) break
  }
  return named
}

function notesIn(file: MemoryFile): readonly (readonly [string, PathNote])[] {
  const topic = file.path === MEMORY_INDEX ? '' : topicOf(file.path)
  return bulletsIn(file.text)
    .filter((bullet) => !OVER.test(bullet) && !DENIES.test(bullet))
    .flatMap((bullet) => {
      const note = { topic, text: wordsOf(bullet) }
      return [...bullet.matchAll(PATH)].map(([, path = '']) => [path, note] as const)
    })
}

/** `crm/hubspot-2.md` is a topic called `hubspot`. */
function topicOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?:-\d+)?\.md$/, '')
}

function wordsOf(bullet: string): string {
  const text = readEntry(bullet)?.entry.text ?? bullet
  return text.replaceAll('`', '').replace(/\.$/, '')
}

/** Bullets with the lines that go on below them. What stands in a code fence is no bullet. */
function bulletsIn(text: string): readonly string[] {
  const bullets: string[] = []
  let open = false
  let over = false
  for (const line of withoutFences(text)) {
    const heading = HEADING.exec(line)?.[1]
    if (heading !== undefined) over = OVER.test(heading)
    const bullet = BULLET.exec(line)?.[1]
    if (bullet !== undefined && !over) bullets.push(bullet)
    else if (open && /^\s+\S/.test(line)) bullets.push(`${bullets.pop()} ${line.trim()}`)
    open = (bullet !== undefined || (open && /^\s+\S/.test(line))) && !over
  }
  return bullets.map((bullet) => bullet.slice(0, MAX_BULLET))
}

function withoutFences(text: string): readonly string[] {
  let fenced = false
  return text.split('\n').map((line) => {
    const isFence = /^\s*(?:```|~~~)/.test(line)
    if (isFence) fenced = !fenced
    return isFence || fenced ? '' : line
  })
}

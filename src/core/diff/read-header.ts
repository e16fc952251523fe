import { parsePatch as parse } from 'diff'
import type { FileDiff } from '#core/diff/diff'
import { nextLine } from '#core/diff/hunk-ends'

/** What stands before the hunks of one file in the output of `git diff`. */
export interface Header extends Pick<FileDiff, 'path' | 'previousPath' | 'change'> {
  /** False when the header names no file; the path is then its first line. */
  readonly named: boolean
  readonly binary: boolean
  /** Where the hunks begin, or the next file. */
  readonly end: number
}

export const FILE_HEADER = 'diff --git '
const DEV_NULL = '/dev/null'

/** Names as git writes them, with `a/` or `b/`; absent until a line says. */
interface Names {
  readonly before?: string
  readonly after?: string
}

interface Lines extends Names {
  readonly change: FileDiff['change']
  readonly binary: boolean
}

/** What a line of the header adds to what is known; null where it is no longer the header. */
type Take = ((lines: Lines, value: string) => Lines) | null

const LINES: readonly (readonly [string, Take])[] = [
  ['@@ ', null],
  [FILE_HEADER, null],
  ['--- ', (lines, name) => ({ before: withoutTab(name), ...lines })],
  ['+++ ', (lines, name) => ({ after: withoutTab(name), ...lines })],
  ['new file mode ', (lines) => ({ ...lines, change: 'added' })],
  ['deleted file mode ', (lines) => ({ ...lines, change: 'removed' })],
  ['rename from ', (lines, name) => ({ ...lines, before: `a/${name}` })],
  ['rename to ', (lines, name) => ({ ...lines, after: `b/${name}`, change: 'renamed' })],
  ['copy from ', (lines, name) => ({ ...lines, before: `a/${name}` })],
  ['copy to ', (lines, name) => ({ ...lines, after: `b/${name}`, change: 'added' })],
  ['Binary files ', (lines) => ({ ...lines, binary: true })],
  ['GIT binary patch', (lines) => ({ ...lines, binary: true })],
]
/** Most lines are known by one letter, or known to say nothing. */
const BY_LETTER = Map.groupBy(LINES, ([prefix]) => prefix.charCodeAt(0))

/** Git ends a name that holds a blank with a tab, so that its end can be seen. */
const withoutTab = (name: string) => (name.endsWith('\t') ? name.slice(0, -1) : name)

/** Reads the header that begins at `start`, line by line up to the first hunk or the next file. */
export function readHeader(text: string, start: number): Header {
  let lines: Lines = { change: 'modified', binary: false }
  const first = nextLine(text, start)
  let at = first
  while (at < text.length && !lines.binary) {
    const found = BY_LETTER.get(text.charCodeAt(at))?.find(([prefix]) =>
      text.startsWith(prefix, at),
    )
    const end = nextLine(text, at)
    if (found) {
      const [prefix, take] = found
      if (take === null) break
      lines = take(lines, line(text, at + prefix.length, end))
    }
    at = end
  }
  // Git quotes a name that holds a quote, so one that is seen begins a quoted name.
  const head = text.slice(start, at)
  const names = head.includes('"') ? quotedNames(head) : lines
  const header = describe(names, lines.change, line(text, start + FILE_HEADER.length, first))
  return { ...header, binary: lines.binary, end: at }
}

const line = (text: string, from: number, next: number) =>
  text.slice(from, text[next - 1] === '\n' ? next - 1 : next)

function quotedNames(header: string): Names {
  try {
    const [file] = parse(header)
    if (file?.oldFileName === undefined || file.newFileName === undefined) return {}
    return { before: file.oldFileName, after: file.newFileName }
  } catch {
    return {}
  }
}

function describe(
  names: Names,
  said: FileDiff['change'],
  firstLine: string,
): Omit<Header, 'binary' | 'end'> {
  const { before, after } = isWhole(names) ? names : namesOfBoth(firstLine)
  if (before === undefined || after === undefined) {
    const path = `${FILE_HEADER}${firstLine}`
    return { path, previousPath: null, change: said, named: false }
  }
  const change = changeOf(said, before, after)
  return {
    path: withoutPrefix(change === 'removed' ? before : after),
    previousPath: change === 'renamed' ? withoutPrefix(before) : null,
    change,
    named: true,
  }
}

const isWhole = ({ before, after }: Names) => before !== undefined && after !== undefined

/** Where no other line names the file, its two names are one: `a/x b/x`. */
function namesOfBoth(names: string): Names {
  const name = names.slice(2, (names.length - 1) / 2)
  const [before, after] = [`a/${name}`, `b/${name}`]
  return names === `${before} ${after}` ? { before, after } : {}
}

function changeOf(said: FileDiff['change'], before: string, after: string): FileDiff['change'] {
  if (said === 'renamed') return said
  if (said === 'added' || before === DEV_NULL) return 'added'
  return said === 'removed' || after === DEV_NULL ? 'removed' : 'modified'
}

const withoutPrefix = (name: string) => (/^[ab]\//.test(name) ? name.slice(2) : name)

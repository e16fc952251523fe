import type { Language, Span } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { codeOnly, withoutComments } from '#core/rules/code-text'

/**
 * Where a protection may stand, nearest first. `call` is the expression with what it is handed,
 * `client` what makes and tunes the client, `function` the function around with its annotations,
 * `helper` a function that this one calls, `wrapper` what the call itself is handed to, `caller`
 * who calls the function.
 */
export const ROLES = ['call', 'client', 'function', 'helper', 'wrapper', 'caller'] as const
export type Role = (typeof ROLES)[number]

/** A piece of code in which protections of one row are looked for. */
export interface Region {
  readonly role: Role
  readonly file: CodeFile
  readonly start: number
  readonly end: number
}

/** Something seen in code: where it stands and how far from the row. */
export interface Sighting {
  readonly role: Role
  readonly path: string
  readonly line: number
  /** The text that was matched, for a look at its value. Never shown to anyone. */
  readonly text: string
}

/** What a protection looks like. */
export interface Sign {
  readonly pattern: RegExp
  /** `code` is without strings and comments, `text` without comments alone. */
  readonly within: 'code' | 'text'
  /** Every language, where none is named. */
  readonly languages?: readonly Language[]
  /** Every role, where none is named. */
  readonly roles?: readonly Role[]
}

interface Quiet {
  readonly code: string
  readonly text: string
}

const QUIET = new WeakMap<CodeFile, Quiet>()

/** A file without comments, and without strings too; offsets are those of the file. */
export function quietOf(file: CodeFile): Quiet {
  const known = QUIET.get(file)
  if (known !== undefined) return known
  const code = codeOnly(file.text, file.language)
  const text = withoutTalk(withoutComments(file.text, file.language), code)
  const quiet = { code, text }
  QUIET.set(file, quiet)
  return quiet
}

/** What is said to people: log lines and the messages of errors. */
const TALK =
  /\b(?:console|_?log(?:ger|ging)?|slog|LOG|Log|_logger)(?:\??\.\w+){1,3}\(|\bnew\s+\w*(?:Error|Exception)\(|\braise\s+[\w.]+\(|\b(?:fmt\.Errorf|errors\.(?:New|Wrapf?))\(/g
const MAX_TALK = 1_500

/** A text whose talk has lost its strings: a log line about a timeout limits nothing. */
function withoutTalk(text: string, code: string): string {
  const parts: string[] = []
  let at = 0
  for (const match of code.matchAll(TALK)) {
    const from = match.index + match[0].length
    if (from < at) continue
    const to = closingOf(code, from)
    parts.push(text.slice(at, from), code.slice(from, to))
    at = to
  }
  return at === 0 ? text : parts.join('') + text.slice(at)
}

function closingOf(code: string, from: number): number {
  const limit = Math.min(code.length, from + MAX_TALK)
  let depth = 1
  for (let at = from; at < limit; at += 1) {
    if (code[at] === '(') depth += 1
    if (code[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return limit
}

/** A region without comments and strings. */
export function codeOf({ file, start, end }: Region): string {
  return quietOf(file).code.slice(start, end)
}

/** A region without comments. */
export function textOf({ file, start, end }: Region): string {
  return quietOf(file).text.slice(start, end)
}

/** The first sight of any of the signs, region by region. */
export function sightOf(regions: readonly Region[], signs: readonly Sign[]): Sighting | null {
  for (const region of regions) {
    for (const sign of signs) {
      const found = matchIn(region, sign)
      if (found !== null) return found
    }
  }
  return null
}

function matchIn(region: Region, sign: Sign): Sighting | null {
  if (sign.languages !== undefined && !sign.languages.includes(region.file.language)) return null
  if (sign.roles !== undefined && !sign.roles.includes(region.role)) return null
  const text = sign.within === 'code' ? codeOf(region) : textOf(region)
  const match = sign.pattern.exec(text)
  return match === null ? null : sightingAt(region, match.index, match[0])
}

/** Something at an offset of a region. */
export function sightingAt(region: Region, offset: number, text: string): Sighting {
  const lead = /^\s*/.exec(text)?.[0].length ?? 0
  return {
    role: region.role,
    path: region.file.path,
    line: lineAt(region.file, region.start + offset + lead),
    text,
  }
}

const STARTS = new WeakMap<CodeFile, readonly number[]>()

/** The 1-based line of an offset. */
export function lineAt(file: CodeFile, offset: number): number {
  const known = STARTS.get(file) ?? startsOf(file.text)
  STARTS.set(file, known)
  let low = 0
  let high = known.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((known[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}

function startsOf(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** A region of a fact or another span. */
export function regionOf(
  role: Role,
  file: CodeFile,
  { start, end }: Pick<Span, 'start' | 'end'>,
): Region {
  return { role, file, start, end }
}

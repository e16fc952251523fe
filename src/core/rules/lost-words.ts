import type { FileDiff } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'
import type { Fact } from '#core/facts/fact'
import { homesOf } from '#core/inventory/repository-modules'
import { quietOf } from '#core/matrix/region'
import { bringsMore } from '#core/rules/brings-more'
import { type Code, type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { functionAt } from '#core/rules/function-at'
import { importsOf } from '#core/rules/imports'
import { isLeftOf, isLogged, isSubjectLeft, replacedWithout } from '#core/rules/replaced-lines'
import type { LostWords } from '#core/rules/taken'
import { splitLines } from '#core/text/lines'

/** A file before and after the change, and what the change does to it. */
export interface ChangedFile {
  readonly diff: FileDiff
  readonly before: CodeFile
  readonly after: CodeFile
}

/** A line that is gone, and what is still done without it. Lines are 1-based. */
export interface Loss {
  /** In the file before the change. */
  readonly gone: number
  /** In the file after it: what was protected. */
  readonly still: number
  /** The function after the change, or the nearby part of the file. */
  readonly range: { readonly line: number; readonly endLine: number }
  readonly symbol: string | null
  readonly inFunction: boolean
}

/** What a protection may have moved to. */
export interface Around {
  /** Everything that the change adds, without comments and imports. */
  readonly added: string
  /** The files under review and what they import, after the change. */
  readonly code: Code
}

/** Lines that are compared with what stood there before. */
const MAX_PLACES = 20
/** Lines over which a log statement may go on. */
const STATEMENT = 6
/** Lines around code outside of functions that share its fate. */
const NEARBY = 30
/** Of a long function of which less is left, nobody can say that something was taken from it. */
const LEAST_KEPT = 0.4
const LONG = 8
/** Removed lines of a file that are looked at for one reason. */
const MAX_REMOVALS = 100
/** A longer line is data or generated. */
const MAX_LINE = 600
/** One file is not commented on more often for one reason. */
const MAX_LOSSES = 3

/**
 * Where a change removes the words of a protection from code that still does what was protected,
 * and neither it nor what is left there says them again. Silent where the protection may have
 * moved: into what the change adds anywhere, into the module's own code, or into a module that the
 * place now uses for the first time.
 */
export function lostWords(file: ChangedFile, words: LostWords, around: Around): readonly Loss[] {
  const again = words.logged ? loggedAgain(file, words) : []
  return again.length > 0 ? again : takenAway(file, words, around)
}

/** Log lines that are written again without what was masked in them. */
function loggedAgain({ diff, before, after }: ChangedFile, words: LostWords): readonly Loss[] {
  const [gone, still] = [new RegExp(words.gone, 'i'), new RegExp(words.still, 'i')]
  const [old, now] = [loggedLines(before), loggedLines(after)]
  const says = (text: string | undefined, ...all: readonly RegExp[]) =>
    text !== undefined && all.every((one) => one.test(text)) ? text : null
  return replacedWithout(diff, {
    gone: (line) => says(old[line - 1], gone, still),
    still: (line) => says(now[line - 1], still),
    kept: (text) => keptBy(words).test(text),
  })
    .map(({ gone: line, still: place }) => ({
      gone: line,
      still: place,
      range: { line: place, endLine: place },
      symbol: functionAt(after, place)?.captures['name'] ?? null,
      inFunction: true,
    }))
    .slice(0, MAX_LOSSES)
}

function takenAway(
  { diff, before, after }: ChangedFile,
  words: LostWords,
  around: Around,
): readonly Loss[] {
  const gone = new RegExp(words.gone, 'i')
  if (gone.test(around.added)) return []
  const kept = keptBy(words)
  const linesOf = words.logged ? loggedLines : quietLines
  const [old, now] = [linesOf(before), linesOf(after)]
  const file: Sides = { diff, before, after, old, now }
  const removals = removalsOf(file, gone)
  if (removals.length === 0 || outside(after, now).some((text) => kept.test(text))) return []
  const losses = new Map<number, Loss>()
  const judged = new Set<number>()
  for (const removal of removals) {
    if (judged.has(removal.region.line)) continue
    judged.add(removal.region.line)
    const loss = lossIn(file, removal, words, around.code)
    if (loss !== null) losses.set(removal.region.line, loss)
  }
  const all = [...losses.values()]
  const inFunctions = all.filter(({ inFunction }) => inFunction)
  return (inFunctions.length > 0 ? inFunctions : all).slice(0, MAX_LOSSES)
}

/** What is lost with a removed line; null where it is said elsewhere or nothing needed it. */
function lossIn(file: Sides, { removed, region }: Removal, words: LostWords, code: Code) {
  const kept = keptBy(words)
  if (isKept(file, region, kept) || mayHaveMoved(file, region, kept, code)) return null
  const place = Math.min(Math.max(removed.place, region.line), region.endLine)
  const subject = new RegExp(words.still, 'i')
  if (words.before && !isSubjectLeft(file, removed.line, region, subject)) return null
  const still = nearestLine(file, region, place, subject)
  if (still === null) return null
  const statement = file.now.slice(still - 1, still + STATEMENT)
  const masked = file.old[removed.line - 1] ?? ''
  if (words.logged && !isLogged(masked, statement, new RegExp(words.gone, 'i'))) return null
  const { line, endLine, symbol, old } = region
  return { gone: removed.line, still, range: { line, endLine }, symbol, inFunction: old !== null }
}

const keptBy = ({ gone, kept }: LostWords) =>
  new RegExp(kept === undefined ? gone : `${gone}|${kept}`, 'i')

/** A removed line with the words, and where it stood. */
interface Removal {
  readonly removed: Removed
  readonly region: Region
}

/** Removed lines with the words, each with the function or the part of the file that it stood in. */
function removalsOf({ diff, before, after, old }: Sides, gone: RegExp): readonly Removal[] {
  const hits = removedLines(diff).filter(
    ({ line }) => gone.test(old[line - 1] ?? '') && !isImport(before, line),
  )
  return hits.slice(0, MAX_REMOVALS).flatMap((removed) => {
    const region = regionAt(before, after, removed)
    return region === null || isRewritten(before, after, region) ? [] : [{ removed, region }]
  })
}

/** Whether the words are left in the region. */
function isKept({ now }: Sides, { line, endLine }: Region, kept: RegExp): boolean {
  return now.slice(line - 1, endLine).some((text) => kept.test(text))
}

/** A changed file with its lines as the words are looked for in them. */
interface Sides extends ChangedFile {
  readonly old: readonly string[]
  readonly now: readonly string[]
}

/** A file's lines without comments; what is put into log lines is among them. */
function loggedLines(file: CodeFile): readonly string[] {
  return splitLines(withoutComments(file.text, file.language)).map(short)
}

const short = (line: string) => (line.length > MAX_LINE ? '' : line)

/** A file's lines without comments and without what is said to people. */
function quietLines(file: CodeFile): readonly string[] {
  return splitLines(quietOf(file).text).map(short)
}

interface Removed {
  /** In the file before the change. */
  readonly line: number
  /** The line after the change that stands where it stood. */
  readonly place: number
}

function removedLines(diff: FileDiff): readonly Removed[] {
  return diff.hunks.flatMap((hunk) => {
    let next = hunk.newStart
    return diffLines(hunk).flatMap(({ kind, oldLine, newLine }) => {
      if (newLine !== null && kind === 'context') next = newLine + 1
      return kind === 'removed' && oldLine !== null ? [{ line: oldLine, place: next }] : []
    })
  })
}

function isImport(file: CodeFile, line: number): boolean {
  return factsOf(file, 'import').some((fact) => fact.line <= line && line <= fact.endLine)
}

interface Region {
  readonly line: number
  readonly endLine: number
  readonly symbol: string | null
  /** The function before the change; null outside of functions. */
  readonly old: Fact | null
}

/** The function of a removed line after the change; null where it went with the line. */
function regionAt(before: CodeFile, after: CodeFile, removed: Removed): Region | null {
  const old = functionAt(before, removed.line)
  const now = functionAt(after, removed.place) ?? functionAt(after, removed.place - 1)
  if (old !== null) {
    const name = old.captures['name'] ?? null
    if (now === null || (now.captures['name'] ?? null) !== name) return null
    return { line: now.line, endLine: now.endLine, symbol: name ?? now.scope?.name ?? null, old }
  }
  const end = after.lines.length
  if (end === 0) return null
  return {
    line: Math.max(1, removed.place - NEARBY),
    endLine: Math.min(end, removed.place + NEARBY),
    symbol: null,
    old: null,
  }
}

const CONSTANT = /^\s*(?:[\w<>]{1,40}\s+){0,5}[A-Z][A-Z0-9_]{1,80}(?:\s*:[^=]{1,80})?\s?=/

/** Code outside of functions holds for all of them; imports and constants say nothing by themselves. */
function outside(file: CodeFile, lines: readonly string[]): readonly string[] {
  const inside = new Set<number>()
  let last = 0
  const spans = [
    ...factsOf(file, 'function').filter(({ captures }) => captures['form'] === 'function'),
    ...factsOf(file, 'import'),
  ].toSorted((one, other) => one.line - other.line)
  for (const { line, endLine } of spans) {
    for (let at = Math.max(line, last + 1); at <= endLine; at += 1) inside.add(at)
    last = Math.max(last, endLine)
  }
  return lines.filter((text, index) => !inside.has(index + 1) && !CONSTANT.test(text))
}

/** Whether little of the function's own lines is left, wherever they stand in it now. */
function isRewritten(before: CodeFile, after: CodeFile, { old, line, endLine }: Region): boolean {
  if (old === null) return false
  const lines = (file: CodeFile, from: number, to: number) =>
    file.lines
      .slice(from - 1, to)
      .map((text) => text.trim())
      .filter((text) => /\w/.test(text))
  const left = new Set(lines(after, line, endLine))
  const all = lines(before, old.line, old.endLine)
  const kept = all.filter((text) => left.has(text)).length
  return all.length >= LONG && kept < all.length * LEAST_KEPT
}

/**
 * Whether what was lost may live in something that the file did not use before: in a module of the
 * repository that says the words or was not read, in a package, or in what is mixed in.
 */
function mayHaveMoved(
  { diff, before, after }: ChangedFile,
  region: Region,
  kept: RegExp,
  code: Code,
): boolean {
  if (bringsMore(diff)) return true
  const text = after.lines.slice(region.line - 1, region.endLine).join('\n')
  const known = new Set(importsOf(before).map(({ local, module }) => `${local} ${module}`))
  return importsOf(after).some(({ local, module }) => {
    if (known.has(`${local} ${module}`)) return false
    const homes = homesOf(after.path, module, after.language)
    const home = homes.map((path) => code.files.get(path)).find((file) => file !== undefined)
    if (home !== undefined) return kept.test(quietOf(home).text)
    return new RegExp(`(?<![\\w$])${RegExp.escape(local)}(?![\\w$])`).test(text)
  })
}

/**
 * The line of a region closest to a place that says something and said it before the change: what
 * is new was never protected. Imports and the function's own first line do nothing.
 */
function nearestLine(
  { before, after, now }: Sides,
  { line, endLine, old }: Region,
  place: number,
  pattern: RegExp,
): number | null {
  const earlier = before.lines.slice((old?.line ?? 1) - 1, old?.endLine)
  const places = Array.from({ length: endLine - line + 1 }, (_, index) => line + index)
  const found = places
    .filter((at) => (old === null || at > line) && pattern.test(now[at - 1] ?? ''))
    .toSorted((one, other) => Math.abs(one - place) - Math.abs(other - place))
    .slice(0, MAX_PLACES)
  return (
    found.find((at) => !isImport(after, at) && wasThere(earlier, after.lines[at - 1] ?? '')) ?? null
  )
}

function wasThere(earlier: readonly string[], text: string): boolean {
  const same = text.trim()
  return earlier.some((one) => one.trim() === same || isLeftOf(one, text))
}

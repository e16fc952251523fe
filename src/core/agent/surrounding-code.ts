import { anchoredExcerpt } from '#core/agent/anchors'
import { estimateTokens } from '#core/agent/estimate-tokens'
import { isWithheld } from '#core/agent/repository-paths'
import type { FileDiff } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'
import { type CallGraph, createCallGraph } from '#core/matrix/call-graph'
import { definitionsOf, identifiersIn } from '#core/matrix/definitions'
import { lineAt, quietOf } from '#core/matrix/region'
import { type Code, type CodeFile, factsOf, functionLines } from '#core/rules/code'

/** Lines of the head that help to judge the change and that its diff does not show. */
export interface Excerpt {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  /** The lower, the more the review depends on it. */
  readonly rank: number
}

/** A client and its settings come first: most protections stand there. */
const CLIENT = 0
const FUNCTION_AROUND = 1
const CALLED_ELSEWHERE = 2
const CALLED_HERE = 3
/** What the functions around the change use, but not its own lines. */
const USED_AROUND = 4

/** Lines of one excerpt; of a longer function the part around the change. */
const MOST_LINES = 80
const LINES_AROUND = 20
/** Names of the changed lines that are looked up, for each file and altogether. */
const MAX_NAMES = 40
const MAX_ALL_NAMES = 400

/**
 * The code around a change, the most telling first: the clients that the changed lines use, the
 * functions that they stand in, and the functions that they call, as far as names tell.
 *
 * @param code the files of the change and those that they import, at the head
 */
export function excerptsAround(files: readonly FileDiff[], code: Code): readonly Excerpt[] {
  const graph = createCallGraph(code)
  let left = MAX_ALL_NAMES
  const found = files.flatMap((diff) => {
    const file = code.files.get(diff.path)
    if (file === undefined) return []
    const touched = touchedLines(diff)
    const around = touched.flatMap((line) => functionAt(file, line) ?? [])
    const names = namesAt(file, touched).slice(0, Math.min(MAX_NAMES, left))
    left -= names.length
    const wider = around.flatMap(({ startLine, endLine }) => numbers(startLine, endLine))
    const others = namesAt(file, [...new Set(wider)])
      .filter((name) => !names.includes(name))
      .slice(0, Math.min(MAX_NAMES, left))
    left -= others.length
    return [
      ...around.map((one) => ({ ...one, path: diff.path, rank: FUNCTION_AROUND })),
      ...names.flatMap((name) => definedAs(graph, file, name, touched)),
      ...others.flatMap((name) =>
        definedAs(graph, file, name, touched)
          .filter((one) => one.path !== diff.path)
          .map((one) => ({ ...one, rank: one.rank === CLIENT ? CLIENT : USED_AROUND })),
      ),
    ]
  })
  return distinct(found).toSorted((a, b) => a.rank - b.rank)
}

/** Lines of the head that the change added, and where it removed something. */
function touchedLines(diff: FileDiff): readonly number[] {
  const lines = new Set<number>()
  for (const hunk of diff.hunks) {
    let at = hunk.newStart
    for (const { kind, newLine } of diffLines(hunk)) {
      if (kind !== 'context') lines.add(newLine ?? Math.max(1, at))
      if (newLine !== null) at = newLine + 1
    }
  }
  return [...lines].sort((a, b) => a - b)
}

/** The smallest named function around a line, or the smallest at all; of a long one the part around. */
function functionAt(file: CodeFile, line: number): Pick<Excerpt, 'startLine' | 'endLine'> | null {
  const around = factsOf(file, 'function').filter(
    (fact) => fact.captures['form'] === 'function' && fact.line <= line && line <= fact.endLine,
  )
  const one = around.findLast(({ captures }) => captures['name'] !== undefined) ?? around.at(-1)
  if (one === undefined) return null
  const fits = one.endLine - one.line < MOST_LINES
  return {
    startLine: fits ? one.line : Math.max(one.line, line - LINES_AROUND),
    endLine: fits ? one.endLine : Math.min(one.endLine, line + LINES_AROUND),
  }
}

/** What the changed lines name, without strings and comments. */
function namesAt(file: CodeFile, lines: readonly number[]): readonly string[] {
  const code = quietOf(file).code.split('\n')
  return identifiersIn(lines.map((line) => code[line - 1] ?? '').join('\n'))
}

function definedAs(
  graph: CallGraph,
  file: CodeFile,
  name: string,
  touched: readonly number[],
): readonly Excerpt[] {
  return definitionsOf(graph, file, name, { role: 'helper' }).flatMap((region) => {
    const startLine = lineAt(region.file, region.start)
    const endLine = Math.max(startLine, lineAt(region.file, Math.max(0, region.end - 1)))
    const elsewhere = region.file !== file
    // What the change itself wrote is in the diff.
    if (!elsewhere && touched.some((line) => line >= startLine && line <= endLine)) return []
    const makesClient = factsOf(region.file, 'client-construction').some(
      ({ line }) => line >= startLine && line <= endLine,
    )
    // A local variable of another function means something else there.
    if (!elsewhere && !makesClient && functionLines(file, startLine, endLine) !== null) return []
    const rank = elsewhere ? CALLED_ELSEWHERE : CALLED_HERE
    return [
      {
        path: region.file.path,
        startLine,
        endLine: Math.min(endLine, startLine + MOST_LINES - 1),
        rank: makesClient ? CLIENT : rank,
      },
    ]
  })
}

function distinct(excerpts: readonly Excerpt[]): readonly Excerpt[] {
  const seen = new Set<string>()
  return excerpts.filter(({ path, startLine, endLine }) => {
    const key = `${path}:${startLine}-${endLine}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** What is shown of a file beside its diff. */
export interface ShownCode {
  readonly path: string
  readonly text: string
}

/**
 * The excerpts that fit into a budget, joined by file, without the lines that the diffs show. A gap
 * is marked, so that nobody takes two neighbours for consecutive lines.
 */
export function showExcerpts(
  excerpts: readonly Excerpt[],
  shown: { readonly files: readonly FileDiff[]; readonly code: Code },
  { tokens, redact }: { readonly tokens: number; readonly redact: (text: string) => string },
): readonly ShownCode[] {
  const inDiff = new Map(shown.files.map((file) => [file.path, linesShown(file)]))
  const wanted = new Map<string, Set<number>>()
  let left = tokens
  for (const { path, startLine, endLine } of excerpts) {
    const file = shown.code.files.get(path)
    if (file === undefined || isWithheld(path)) continue
    const lines = wanted.get(path) ?? new Set<number>()
    const known = (line: number) => lines.has(line) || inDiff.get(path)?.has(line) === true
    const fresh = numbers(startLine, endLine).filter((line) => !known(line))
    const cost = fresh.reduce((sum, line) => sum + costOf(file.lines[line - 1] ?? ''), 0)
    if (fresh.length === 0 || cost > left) continue
    left -= cost
    for (const line of fresh) lines.add(line)
    wanted.set(path, lines)
  }
  return [...wanted].flatMap(([path, lines]) => {
    const file = shown.code.files.get(path)
    return file === undefined
      ? []
      : [{ path, text: anchoredExcerpt('RIGHT', file.lines, lines, redact) }]
  })
}

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

/** An anchor before each line. */
const ANCHOR_TOKENS = 5
const costOf = (line: string) => estimateTokens(line) + ANCHOR_TOKENS

function linesShown(file: FileDiff): ReadonlySet<number> {
  return new Set(
    file.hunks.flatMap((hunk) => diffLines(hunk).flatMap(({ newLine }) => newLine ?? [])),
  )
}

import * as z from 'zod'
import type { Fact, Language, Span } from '#core/facts/fact'
import type { Matcher } from '#core/facts/matcher'

const Range = z.object({
  byteOffset: z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }),
  start: z.object({ line: z.int().nonnegative() }),
  end: z.object({ line: z.int().nonnegative(), column: z.int().nonnegative() }),
})
const Node = z.object({ range: Range })

/** The used part of one line of `ast-grep scan --json=stream`. Lines and columns are 0-based. */
const Match = z.object({
  range: Range,
  file: z.string(),
  ruleId: z.string(),
  metaVariables: z
    .object({
      single: z.record(z.string(), Node),
      multi: z.object({ ARGS: z.array(Node).optional() }),
    })
    .nullish(),
})

/** A file as it lies in the private folder. Facts are cut from `text`, never from the output. */
export interface LaidOut {
  readonly path: string
  readonly name: string
  readonly language: Language
  readonly text: string
  /** Size of the text in UTF-8. */
  readonly bytes: number
}

/** Turns ast-grep's byte offsets into offsets of the text. Only files beyond ASCII need a table. */
export function offsetsOf({ text, bytes }: LaidOut): (byte: number) => number {
  if (bytes === text.length) return (byte) => byte
  const table = new Uint32Array(bytes + 1)
  let byte = 0
  let unit = 0
  for (const character of text) {
    table.fill(unit, byte, byte + Buffer.byteLength(character))
    byte += Buffer.byteLength(character)
    unit += character.length
  }
  table[bytes] = text.length
  return (at) => table[at] ?? text.length
}

function spanOf(range: z.infer<typeof Range>, offset: (byte: number) => number): Span {
  // A node that ends with a line break ends, for a reader, on the line before.
  const past = range.end.column === 0 && range.end.line > range.start.line ? 0 : 1
  return {
    line: range.start.line + 1,
    endLine: range.end.line + past,
    start: offset(range.byteOffset.start),
    end: offset(range.byteOffset.end),
  }
}

/** Puts one span in the place of each two that are to be joined. */
function joined(
  spans: Readonly<Record<string, Span>>,
  join: NonNullable<Matcher['join']>,
): Record<string, Span> {
  const all = { ...spans }
  for (const [key, [from, to]] of Object.entries(join)) {
    const first = spans[from]
    const last = spans[to]
    if (first === undefined || last === undefined) continue
    delete all[from]
    delete all[to]
    all[key] = { ...first, endLine: last.endLine, end: last.end }
  }
  return all
}

/** What a line of output is read against. */
export interface Asked {
  readonly files: ReadonlyMap<string, LaidOut & { readonly offset: (byte: number) => number }>
  readonly matchers: ReadonlyMap<string, Matcher>
}

/**
 * Turns one line of output into a fact. `ARGS` is the list of arguments, after `ARG` where a list
 * without brackets cannot be matched as a whole; the other captures keep their names in lower case. Throws when the line is not what ast-grep prints.
 */
export function factOfMatch(line: string, { files, matchers }: Asked): Fact {
  const match = Match.parse(JSON.parse(line))
  const name = match.file.slice(
    Math.max(match.file.lastIndexOf('/'), match.file.lastIndexOf('\\')) + 1,
  )
  const file = files.get(name)
  const matcher = matchers.get(match.ruleId)
  if (file === undefined || matcher === undefined)
    throw new Error(`ast-grep answered for ${match.ruleId} in ${name}, which was not asked`)
  const cut = (span: Span) => file.text.slice(span.start, span.end)
  const { ARG, ...single } = match.metaVariables?.single ?? {}
  const nodes = Object.entries(single)
  const spans = joined(
    Object.fromEntries(
      nodes.map(([key, node]) => [key.toLowerCase(), spanOf(node.range, file.offset)]),
    ),
    matcher.join ?? {},
  )
  const captures: Record<string, string> = { ...matcher.set }
  for (const [key, span] of Object.entries(spans)) captures[key] = cut(span)
  const args = [...(ARG === undefined ? [] : [ARG]), ...(match.metaVariables?.multi.ARGS ?? [])]
    .map((node) => cut(spanOf(node.range, file.offset)))
    .filter((text) => text !== ',' && !/^(\/\/|\/\*|#)/.test(text))
  const span = spanOf(match.range, file.offset)
  return {
    kind: matcher.kind,
    by: matcher.by,
    path: file.path,
    language: matcher.language,
    ...span,
    text: cut(span),
    scope: null,
    captures,
    spans,
    args,
  }
}

import { anchoredRows, MAX_LINE_CHARACTERS } from '#core/agent/anchors'
import { BYTES_PER_TOKEN } from '#core/agent/estimate-tokens'
import type { FileDiff, Hunk } from '#core/diff/diff'
import { byteLength } from '#core/text/lines'

/** A run of lines of one hunk, small enough to be taken or left as a whole. */
export interface DiffPiece {
  /** Index of the hunk in its file. */
  readonly hunk: number
  /** Indexes of the first line and of the one after the last. */
  readonly from: number
  readonly to: number
  /** An estimate that the shown text never exceeds. */
  readonly tokens: number
}

/** Lines that somebody pointed at: `LEFT` are those of the base. */
export interface Pointed {
  readonly RIGHT: ReadonlySet<number>
  readonly LEFT: ReadonlySet<number>
}

/** An anchor with its sign and line end: `R1234567:abc|+`. */
const ANCHOR_BYTES = 16
/** A hunk's header with four numbers. */
const HEADER_TOKENS = 20
/** About 60 lines: a hunk of a person is taken whole, a file of thousands of lines in parts. */
const MOST_TOKENS = 800
/** About eight lines: an entry of a lock file. */
const FEW_TOKENS = 120

/**
 * The pieces of a file, those first that hold a line that was pointed at, then in order. What comes
 * after `budget` tokens cannot be shown and is not made.
 */
export function piecesOf(
  { hunks }: Pick<FileDiff, 'hunks'>,
  pointed: Pointed,
  budget: number,
): readonly DiffPiece[] {
  const { hot, others } = pilesOf(hunks, pointed, { budget, most: MOST_TOKENS })
  return [...hot, ...others]
}

/** A few lines around each that was pointed at, and nothing else; empty where none was. */
export function pointedPieces(
  { hunks }: Pick<FileDiff, 'hunks'>,
  pointed: Pointed,
  budget: number,
): readonly DiffPiece[] {
  return pilesOf(hunks, pointed, { budget, most: FEW_TOKENS }).hot
}

interface Bounds {
  readonly budget: number
  /** Of one piece. */
  readonly most: number
}

function pilesOf(hunks: readonly Hunk[], pointed: Pointed, { budget, most }: Bounds) {
  const hot = createPile(budget)
  const others = createPile(budget)
  for (const [index, hunk] of hunks.entries()) {
    for (const { isHot, ...piece } of cutHunk(hunk, index, pointed, most)) {
      const pile = isHot ? hot : others
      pile.add(piece)
    }
  }
  return { hot: hot.pieces, others: others.pieces }
}

function createPile(budget: number) {
  const pieces: DiffPiece[] = []
  let tokens = 0
  return {
    pieces,
    add(piece: DiffPiece) {
      if (tokens <= budget) pieces.push(piece)
      tokens += piece.tokens
    },
  }
}

type CutPiece = DiffPiece & { readonly isHot: boolean }

function* cutHunk(
  hunk: Hunk,
  index: number,
  { LEFT, RIGHT }: Pointed,
  most: number,
): Generator<CutPiece> {
  let { oldStart: oldLine, newStart: newLine } = hunk
  let from = 0
  let tokens = HEADER_TOKENS
  let isHot = false
  for (const [at, line] of hunk.lines.entries()) {
    const more = tokensOf(line)
    if (at > from && tokens + more > most) {
      yield { hunk: index, from, to: at, tokens, isHot }
      from = at
      tokens = HEADER_TOKENS
      isHot = false
    }
    tokens += more
    isHot ||= line.startsWith('-') ? LEFT.has(oldLine) : RIGHT.has(newLine)
    if (!line.startsWith('+')) oldLine += 1
    if (!line.startsWith('-')) newLine += 1
  }
  yield { hunk: index, from, to: hunk.lines.length, tokens, isHot }
}

/** A short line may be a secret that is shorter than its mask. */
function tokensOf(line: string): number {
  const bytes = byteLength(line.slice(0, MAX_LINE_CHARACTERS + 2)) + ANCHOR_BYTES
  return Math.ceil(bytes / BYTES_PER_TOKEN)
}

/** The chosen pieces as the model sees them, in the order of the file, neighbours joined. */
export function showPieces(
  { hunks }: Pick<FileDiff, 'hunks'>,
  pieces: readonly DiffPiece[],
  redact: (text: string) => string,
): readonly string[] {
  const byHunk = Map.groupBy(pieces, ({ hunk }) => hunk)
  return [...byHunk]
    .sort(([a], [b]) => a - b)
    .flatMap(([index, ofHunk]) => {
      const hunk = hunks[index]
      return hunk === undefined ? [] : showHunk(hunk, ofHunk, redact)
    })
}

function showHunk(
  hunk: Hunk,
  pieces: readonly DiffPiece[],
  redact: (text: string) => string,
): readonly string[] {
  const runs: { from: number; to: number }[] = []
  for (const { from, to } of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = runs.at(-1)
    if (last?.to === from) last.to = to
    else runs.push({ from, to })
  }
  const isShown = (index: number) => runs.some(({ from, to }) => index >= from && index < to)
  const rows = anchoredRows(hunk, redact, isShown)
  return runs.map(({ from, to }) => [headerOf(hunk, from, to), ...rows.slice(from, to)].join('\n'))
}

function headerOf(hunk: Hunk, from: number, to: number): string {
  const count = (lines: readonly string[], not: string) =>
    lines.filter((line) => !line.startsWith(not)).length
  const before = hunk.lines.slice(0, from)
  const shown = hunk.lines.slice(from, to)
  const [oldStart, newStart] = [
    count(before, '+') + hunk.oldStart,
    count(before, '-') + hunk.newStart,
  ]
  return `@@ -${oldStart},${count(shown, '+')} +${newStart},${count(shown, '-')} @@`
}

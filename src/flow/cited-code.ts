import { anchoredExcerpt } from '#core/agent/anchors'
import type { Background } from '#core/agent/background'
import { estimateTokens } from '#core/agent/estimate-tokens'
import type { Fence } from '#core/agent/fence'
import type { FileDiff, Side } from '#core/diff/diff'
import type { Claim } from '#core/findings/finding'
import { functionLines } from '#core/rules/code'
import type { At } from '#flow/ports'
import { nameAt } from '#flow/read-whole'

/** What the code of some findings is shown from. */
interface CitedFrom {
  readonly background: Background
  readonly files: readonly FileDiff[]
  readonly lines: (path: string, at: At) => Promise<readonly string[] | null>
  readonly redact: (text: string) => string
  readonly fence: Fence
  /** By a safe estimate. */
  readonly tokens: number
}

/** Lines before and after a cited one, where no function stands around it. */
const LINES_AROUND = 12
/** Of a long function the part around what is cited. */
const MOST_AROUND = 45

interface Place {
  readonly path: string
  readonly side: Side
  readonly from: number
  readonly to: number
}

/** The code at findings and at what they cite, each file once, as far as it fits. */
export async function citedCode(
  shown: CitedFrom,
  claims: readonly Claim[],
): Promise<readonly string[]> {
  const places = claims.flatMap((claim): Place[] => [
    { path: claim.path, side: claim.side, from: claim.startLine, to: claim.line },
    ...claim.evidence.map(({ path, side, line }) => ({ path, side, from: line, to: line })),
  ])
  const parts: string[] = []
  let left = shown.tokens
  for (const ofFile of Map.groupBy(places, ({ path, side }) => `${side} ${path}`).values()) {
    const part = await fileCode(shown, ofFile)
    left -= estimateTokens(part)
    if (left < 0) break
    if (part !== '') parts.push(part)
  }
  return parts
}

async function fileCode(shown: CitedFrom, places: readonly Place[]): Promise<string> {
  const [first] = places
  if (first === undefined) return ''
  const { path, side } = first
  const text = await shown.lines(
    nameAt(shown.files, path, side),
    side === 'RIGHT' ? 'head' : 'base',
  )
  if (text === null) return ''
  const wanted = new Set(places.flatMap((place) => linesAround(shown, place, text.length)))
  const rows = anchoredExcerpt(side, text, wanted, shown.redact)
  return shown.fence.wrap(`code of ${path}${side === 'LEFT' ? ' before the change' : ''}`, rows)
}

function linesAround(
  { background }: CitedFrom,
  { path, side, from, to }: Place,
  last: number,
): readonly number[] {
  const file = side === 'RIGHT' ? background.code.files.get(path) : undefined
  const around = file === undefined ? null : functionLines(file, from, to)
  const { startLine, endLine } = around ?? {
    startLine: from - LINES_AROUND,
    endLine: to + LINES_AROUND,
  }
  const start = Math.max(1, startLine, from - MOST_AROUND)
  const end = Math.min(last, endLine, to + MOST_AROUND)
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => start + index)
}

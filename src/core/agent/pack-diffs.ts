import { anchoredHunk } from '#core/agent/anchors'
import { isWithheld } from '#core/agent/repository-paths'
import type { FileDiff } from '#core/diff/diff'
import type { Selection } from '#core/filter/selection'
import { type Claim, compareSeverity } from '#core/findings/finding'
import { byteLength } from '#core/text/lines'

/** A file whose diff is sent; `cut` says what of it is missing. */
interface ShownDiff {
  readonly path: string
  readonly text: string
  readonly cut: string | null
}

/** What of the selected files goes into the prompt, and what stays out and why. */
export interface PackedDiff {
  readonly shown: readonly ShownDiff[]
  readonly leftOut: readonly { readonly path: string; readonly because: string }[]
}

interface Packing {
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  readonly evidence: readonly Claim[]
  readonly redact: (text: string) => string
  readonly diffTokens: number
}

/** Code takes about 3 to 4 bytes for a token; this estimate never promises too little. */
const BYTES_PER_TOKEN = 2.5

/** Tokens that a text takes, estimated on the safe side. */
export function estimateTokens(text: string): number {
  return Math.ceil(byteLength(text) / BYTES_PER_TOKEN)
}

/**
 * Packs the diffs of the selected files into a budget, the riskiest first: files where rules found
 * the most severe things, then the surest selections, then by path. The order depends on nothing
 * else, so the same change always gives the same prompt.
 */
export function packDiffs(packing: Packing): PackedDiff {
  const shown: ShownDiff[] = []
  const leftOut: { path: string; because: string }[] = []
  let left = packing.diffTokens
  for (const file of byRisk(packing)) {
    const why = faultOf(file)
    if (why !== null) {
      leftOut.push({ path: file.path, because: why })
      continue
    }
    const packed = packFile(file, packing.redact, left)
    if (packed === null) {
      leftOut.push({ path: file.path, because: 'the change is larger than the budget for it' })
    } else {
      shown.push(packed.diff)
      left -= packed.tokens
    }
  }
  return { shown, leftOut }
}

function byRisk({ files, selection, evidence }: Packing): readonly FileDiff[] {
  const diffs = new Map(files.map((file) => [file.path, file]))
  const gravest = new Map<string, Claim['severity']>()
  for (const { path, severity } of evidence) {
    const known = gravest.get(path)
    if (known === undefined || compareSeverity(severity, known) < 0) gravest.set(path, severity)
  }
  const rank = (path: string) => {
    const severity = gravest.get(path)
    return severity === undefined ? 4 : compareSeverity(severity, 'critical')
  }
  return selection
    .filter((file) => file.decision === 'selected')
    .sort((a, b) => rank(a.path) - rank(b.path) || b.score - a.score || (a.path < b.path ? -1 : 1))
    .flatMap((file) => diffs.get(file.path) ?? [])
}

function faultOf(file: FileDiff): string | null {
  if (isWithheld(file.path)) return 'withheld, because such files hold credentials'
  if (file.content === 'binary') return 'binary'
  if (file.content === 'missing') return 'its diff was too large to be delivered'
  if (file.content === 'unreadable') return 'its diff cannot be read'
  return null
}

function packFile(
  file: FileDiff,
  redact: (text: string) => string,
  budget: number,
): { diff: ShownDiff; tokens: number } | null {
  const { path, change, previousPath } = file
  const heading = previousPath === null ? change : `${change} from ${previousPath}`
  const kept: string[] = []
  let tokens = estimateTokens(heading) + estimateTokens(path)
  for (const hunk of file.hunks) {
    if (tokens > budget) break
    const shown = anchoredHunk(hunk, redact)
    const more = estimateTokens(shown)
    if (tokens + more > budget) break
    kept.push(shown)
    tokens += more
  }
  const total = file.hunks.length
  if (tokens > budget || (kept.length === 0 && total > 0)) return null
  const cut = kept.length < total ? `first ${kept.length} of ${total} hunks` : null
  return { diff: { path, text: [heading, ...kept].join('\n'), cut }, tokens }
}

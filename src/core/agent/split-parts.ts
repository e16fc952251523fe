import { fileTokens } from '#core/agent/pack-diffs'
import type { FileDiff } from '#core/diff/diff'
import type { Bundle } from '#core/filter/bundles'
import type { Selection } from '#core/filter/selection'

/** Files that one conversation reviews, and how many tokens their diffs may take in it. */
export interface Part {
  readonly paths: readonly string[]
  readonly diffTokens: number
}

/** More parts than this do not make a review better. */
const MAX_PARTS = 8

interface Splitting {
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  readonly bundles: readonly Bundle[]
  /** What one conversation should hold, and what all of them may hold together. */
  readonly partTokens: number
  readonly diffTokens: number
}

/**
 * Splits the selected files of a large change into parts of about one size. What belongs together
 * stays together; a change that fits into one conversation is one part. The same change is always
 * split alike, and every selected file is in exactly one part.
 */
export function splitParts(splitting: Splitting): readonly Part[] {
  const { files, bundles, partTokens, diffTokens } = splitting
  const selected = new Map(
    splitting.selection.flatMap((one) =>
      one.decision === 'selected' ? [[one.path, one] as const] : [],
    ),
  )
  const chosen = files.filter(({ path }) => selected.has(path))
  const tokensOf = (file: FileDiff) => {
    const decision = selected.get(file.path)
    return decision === undefined ? 0 : fileTokens(file, decision, diffTokens)
  }
  const bundleOf = new Map(
    bundles.flatMap((bundle) => bundle.files.map(({ path }) => [path, bundle.name] as const)),
  )
  const groups = [...Map.groupBy(chosen, ({ path }) => bundleOf.get(path) ?? `alone ${path}`)].map(
    ([, group]) => ({
      paths: group.map(({ path }) => path),
      tokens: group.reduce((sum, file) => sum + tokensOf(file), 0),
    }),
  )
  const total = groups.reduce((sum, { tokens }) => sum + tokens, 0)
  const wanted = Math.ceil(Math.min(total, diffTokens) / partTokens)
  const count = Math.max(1, Math.min(wanted, MAX_PARTS, groups.length))
  const places = new Map(chosen.map(({ path }, index) => [path, index]))
  const inOrder = (a: string, b: string) => (places.get(a) ?? 0) - (places.get(b) ?? 0)
  const loads = Array.from({ length: count }, () => ({ paths: [] as string[], tokens: 0 }))
  for (const group of groups.toSorted((a, b) => b.tokens - a.tokens)) {
    const lightest = loads.reduce((least, one) => (one.tokens < least.tokens ? one : least))
    lightest.paths.push(...group.paths)
    lightest.tokens += group.tokens
  }
  const shares = sharesOf(
    loads.map(({ tokens }) => tokens),
    diffTokens,
  )
  return loads.map(({ paths }, index) => ({
    paths: paths.toSorted(inOrder),
    diffTokens: shares[index] ?? 0,
  }))
}

/** Each gets what it needs as far as the whole reaches, and what is over in equal parts. */
function sharesOf(needs: readonly number[], whole: number): readonly number[] {
  let left = whole
  let waiting = needs.length
  const shares = new Map<number, number>()
  for (const [index, need] of [...needs.entries()].sort(([, a], [, b]) => a - b)) {
    const share = Math.min(need, Math.floor(left / waiting))
    shares.set(index, share)
    left -= share
    waiting -= 1
  }
  const over = Math.floor(left / Math.max(1, needs.length))
  return needs.map((_, index) => (shares.get(index) ?? 0) + over)
}

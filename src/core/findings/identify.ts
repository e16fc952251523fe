import type { FileDiff } from '#core/diff/diff'
import type { Claim } from '#core/findings/finding'
import type { FirstPaths } from '#core/findings/first-paths'
import { shortHash } from '#core/text/short-hash'

/**
 * Gives each claim its fingerprint: `tl-` and 12 hex digits of class, provider, first known path,
 * enclosing symbol and normalised snippet. No line number is part of it, so a finding keeps its
 * identity when lines shift or the file is renamed. Equal ones get `#2`, `#3` in line order.
 */
export function identify(
  claims: readonly Claim[],
  files: readonly FileDiff[],
  firstPaths: FirstPaths = new Map(),
): ReadonlyMap<Claim, string> {
  const known = files.map((file) => [file.path, file.previousPath ?? file.path] as const)
  const firstPath = new Map([...known, ...firstPaths])
  const seen = new Map<string, number>()
  const inLineOrder = [...claims].sort(
    (a, b) => a.path.localeCompare(b.path, 'en') || a.line - b.line || a.startLine - b.startLine,
  )
  const ids = new Map<Claim, string>()
  for (const claim of inLineOrder) {
    const id = fingerprint(claim, firstPath.get(claim.path) ?? claim.path)
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    ids.set(claim, count === 1 ? id : `${id}#${count}`)
  }
  return ids
}

function fingerprint(claim: Claim, path: string): string {
  const snippet = (claim.evidence[0]?.text ?? '').replaceAll(/\s+/g, ' ').trim()
  const parts = [claim.class, claim.provider ?? '', path, claim.symbol ?? '', snippet]
  return `tl-${shortHash(parts, 12)}`
}

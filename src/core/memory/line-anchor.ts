import { shortHash } from '#core/text/short-hash'

/** Fewer letters and digits than this, as in `})`, do not tell one line from another. */
const TELLING_CHARACTERS = 8

/**
 * How a cited line is known again after the code around it moved: digests of the line and of its
 * neighbours, so that no code is stored. Null when the line does not exist.
 */
export function anchorOf(lines: readonly string[], line: number): string | null {
  const text = lines[line - 1]
  if (text === undefined) return null
  const [above, below] = [digest(lines[line - 2]), digest(lines[line])]
  return `${isTelling(text) ? 'a' : 'c'}.${above}.${digest(text)}.${below}`
}

/**
 * Where the anchored line stands in another version of the file: where most of its neighbours are
 * the same, then nearest to where it was. A line that says little needs both neighbours.
 */
export function findAnchor(anchor: string, lines: readonly string[], near: number): number | null {
  const [kind, above, own, below] = anchor.split('.')
  const digests = lines.map(digest)
  let best: { line: number; score: number; distance: number } | null = null
  for (const [index, candidate] of digests.entries()) {
    if (candidate !== own) continue
    const score =
      Number((digests[index - 1] ?? digest(undefined)) === above) +
      Number((digests[index + 1] ?? digest(undefined)) === below)
    const distance = Math.abs(index + 1 - near)
    if (kind === 'c' && score < 2) continue
    if (best === null || score > best.score || (score === best.score && distance < best.distance)) {
      best = { line: index + 1, score, distance }
    }
  }
  return best?.line ?? null
}

/**
 * Digest of a cited line, by which a reader sees later whether it still says the same: 8 hex digits
 * of the line without the white space around it, and of its neighbours where the line says little.
 */
export function lineDigest(lines: readonly string[], line: number): string | null {
  const text = lines[line - 1]
  if (text === undefined) return null
  if (isTelling(text)) return digest(text)
  return shortHash(
    [lines[line - 2] ?? '', text, lines[line] ?? ''].map((one) => one.trim()),
    8,
  )
}

/** The line with such a digest that is nearest to where it was; null when there is none. */
export function findDigest(wanted: string, lines: readonly string[], near: number): number | null {
  if (lineDigest(lines, near) === wanted) return near
  const found = lines.flatMap((_, index) =>
    lineDigest(lines, index + 1) === wanted ? [index + 1] : [],
  )
  const nearest = found.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))
  return nearest[0] ?? null
}

function isTelling(line: string): boolean {
  return (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= TELLING_CHARACTERS
}

function digest(line: string | undefined): string {
  return line === undefined ? '-' : shortHash([line.trim()], 8)
}

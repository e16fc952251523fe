import type { Evidence } from '#core/findings/finding'
import { codeSpan } from '#core/render/safe-markdown'
import { hasHidden } from '#core/text/hidden-characters'

/** The commits that lines are cited from. */
export interface CitedAt {
  readonly webUrl: string
  readonly base: string
  readonly head: string
}

/** The place of a line, as a link where path and commit can stand in one. */
export function citedPlace(
  { path, line, side }: Pick<Evidence, 'path' | 'line' | 'side'>,
  { webUrl, base, head }: CitedAt,
): string {
  const label = codeSpan(`${path}:${line}`)
  const commit = side === 'LEFT' ? base : head
  if (!/^[0-9a-f]{40}$/.test(commit) || hasHidden(path) || /[[\]`]/.test(path)) return label
  const address = path.split('/').map(encodeURIComponent).join('/')
  return `[${label}](<${webUrl}/blob/${commit}/${address}#L${line}>)`
}

/** All places of an answer in one line; empty without any. */
export function citedPlaces(evidence: readonly Evidence[], at: CitedAt): string {
  return evidence.map((one) => citedPlace(one, at)).join(', ')
}

import type { Finding } from '#core/findings/finding'

/** What an id or its first letters name. `several` are the ids that begin so. */
export type FoundFinding =
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'none' }

/** Finds a finding by its id or the first letters of it, with or without `tl-`. */
export function findById(findings: readonly Finding[], written: string): FoundFinding {
  const wanted = written.startsWith('tl-') ? written : `tl-${written}`
  const whole = findings.find(({ id }) => id === wanted)
  if (whole !== undefined) return { kind: 'found', finding: whole }
  const [first, ...others] = findings.filter(({ id }) => id.startsWith(wanted))
  if (first === undefined) return { kind: 'none' }
  if (others.length === 0) return { kind: 'found', finding: first }
  return { kind: 'several', ids: [first, ...others].map(({ id }) => id) }
}

import { type Claim, compareSeverity } from '#core/findings/finding'

/**
 * Joins what rules and agent assert, one voice per place: where both speak of the same class on
 * the same lines, the rule's claim stays because it is evidence, with the graver severity of the
 * two. Sorted by severity, path and line, so the order never depends on who spoke first.
 */
export function mergeClaims(rules: readonly Claim[], agent: readonly Claim[]): readonly Claim[] {
  const merged: Claim[] = []
  for (const claim of [...rules, ...agent]) {
    const twin = merged.findIndex((other) => samePlace(other, claim))
    const other = merged[twin]
    if (other === undefined) merged.push(claim)
    else merged[twin] = { ...other, severity: graver(other, claim) }
  }
  return merged.sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      a.path.localeCompare(b.path, 'en') ||
      a.line - b.line ||
      a.class.localeCompare(b.class, 'en'),
  )
}

function samePlace(a: Claim, b: Claim): boolean {
  const sameSubject = a.class === b.class && a.path === b.path && a.side === b.side
  const bothRules = a.source === 'rule' && b.source === 'rule'
  if (!sameSubject || (bothRules && a.rule !== b.rule)) return false
  return a.startLine <= b.line && b.startLine <= a.line
}

function graver(a: Claim, b: Claim): Claim['severity'] {
  return compareSeverity(a.severity, b.severity) <= 0 ? a.severity : b.severity
}

import { type Claim, compareSeverity } from '#core/findings/finding'
import { isSameProblem } from '#core/findings/same-problem'

/**
 * Joins what rules and agent assert, one voice per problem: where both say the same, in whatever
 * words, the rule's claim stays because it is evidence, with the graver severity of the
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
  if (a.source === 'rule' && b.source === 'rule') {
    const sameSubject = a.rule === b.rule && a.class === b.class && a.path === b.path
    return sameSubject && a.side === b.side && a.startLine <= b.line && b.startLine <= a.line
  }
  return isSameProblem(a, b)
}

function graver(a: Claim, b: Claim): Claim['severity'] {
  return compareSeverity(a.severity, b.severity) <= 0 ? a.severity : b.severity
}

import type { Finding } from '#core/findings/finding'

/** What a rule saw that is often wrong, or would hardly matter, and nobody has confirmed. */
export function isGuess({
  source,
  proof,
  severity,
}: Pick<Finding, 'source' | 'proof' | 'severity'>): boolean {
  return source === 'rule' && proof === 'plausible' && severity === 'low'
}

/** How a rule came to a finding, in one word: `proven by`, `seen by`, `guessed by`. */
export function proofVerb(finding: Finding): 'proven' | 'seen' | 'guessed' {
  if (finding.proof === 'proven') return 'proven'
  return isGuess(finding) ? 'guessed' : 'seen'
}

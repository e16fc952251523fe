import type { Claim } from '#core/findings/finding'
import type { CodeFile } from '#core/rules/code'

/** A comment by which somebody takes the responsibility for what a rule says about the next line. */
export interface Suppression {
  /** A rule's id or a class. */
  readonly rule: string
  /** Null where the comment gives none: then it silences nothing. */
  readonly reason: string | null
  readonly line: number
}

/** A claim that a comment silences. */
export interface Suppressed {
  readonly claim: Claim
  readonly reason: string
  readonly line: number
}

/** `// tech-lead-ignore call-without-timeout -- the proxy has one`, in any language's comment. */
const COMMENT =
  /(?:\/\/|#|\/\*|\*|<!--)\s*tech-lead-ignore\s+([a-z][a-z0-9-]{1,60})(?:\s+--[ \t]*(.*?))?\s*(?:\*\/|-->)?\s*$/
const MAX_REASON = 300
const MAX_LINE = 1_000

/** The suppression comments of a file, in the order of its lines. */
export function suppressionsIn({ lines }: CodeFile): readonly Suppression[] {
  return lines.flatMap((text, index) => {
    if (text.length > MAX_LINE || !text.includes('tech-lead-ignore')) return []
    const match = COMMENT.exec(text)
    if (match?.[1] === undefined) return []
    const reason = (match[2] ?? '').trim().slice(0, MAX_REASON)
    return [{ rule: match[1], reason: reason === '' ? null : reason, line: index + 1 }]
  })
}

/** Parts the claims that stand from those that a comment with a reason silences. */
export function applySuppressions(
  claims: readonly Claim[],
  files: ReadonlyMap<string, CodeFile>,
): { readonly standing: readonly Claim[]; readonly suppressed: readonly Suppressed[] } {
  const standing: Claim[] = []
  const suppressed: Suppressed[] = []
  const known = new Map<string, readonly Suppression[]>()
  for (const claim of claims) {
    const file = files.get(claim.path)
    const comments = known.get(claim.path) ?? (file === undefined ? [] : suppressionsIn(file))
    known.set(claim.path, comments)
    const comment = comments.find((one) => silences(one, claim, comments))
    if (comment?.reason == null) standing.push(claim)
    else suppressed.push({ claim, reason: comment.reason, line: comment.line })
  }
  return { standing, suppressed }
}

/** A comment speaks of its own line and of the next one that is no such comment. */
function silences(
  { rule, reason, line }: Suppression,
  claim: Claim,
  comments: readonly Suppression[],
): boolean {
  if (reason === null || (rule !== claim.rule && rule !== claim.class)) return false
  // The line that shows the defect may be another one than where the comment about it stands.
  const shown = claim.evidence.find((one) => one.path === claim.path)?.line
  let next = line + 1
  while (comments.some((one) => one.line === next)) next += 1
  return [claim.startLine, claim.line, shown].some((at) => at === line || at === next)
}

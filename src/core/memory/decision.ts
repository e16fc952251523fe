import { normalise } from '#core/memory/memory-entry'
import { createPathMatcher } from '#core/settings/path-matcher'

/**
 * What a maintainer decided about a kind of finding. In the file it is an entry like any other:
 *
 *     - Accepted: `call-without-timeout` in `src/warehouse.ts`: the proxy stops it. (…, lena in PR #12, 2026-11-22) [m-3f9a2c1d]
 *
 * A person may widen the path to a glob, as in `src/**`.
 */
export interface Decision {
  /** A rule's id, or a class for what the agent finds. */
  readonly rule: string
  /** A path or a glob. */
  readonly path: string
  readonly reason: string
}

/** What the decision is compared with. */
export interface Judged {
  readonly rule: string | null
  readonly class: string
  readonly path: string
}

const DECISION = /^Accepted: `([a-z][a-z0-9-]{1,60})` in `([^`\n]{1,300})`: (\S.*)$/

/** The topic of all decisions: people look for them in one place. */
export const DECISIONS_TOPIC = 'decisions'

/** Whether a text has the form of a decision, which only a maintainer may make. */
export function isDecision(text: string): boolean {
  return /^accepted\b.*\bin\b.*:/.test(normalise(text))
}

/** The decision that an entry states; null for every other fact. */
export function readDecision(text: string): Decision | null {
  const [, rule, path, reason] = DECISION.exec(text) ?? []
  if (rule === undefined || path === undefined || reason === undefined) return null
  return { rule, path, reason }
}

/** The entry's words for a decision about one finding: its rule, else its class, in its file. */
export function decisionText(finding: Judged, reason: string): string {
  const words = reason.replace(/\s+/g, ' ').trim()
  // The name of a file is no pattern, whatever is in it: `app/[id]/route.ts` is one file.
  const path = finding.path.replace(PATTERN, '\\$&')
  return `Accepted: \`${finding.rule ?? finding.class}\` in \`${path}\`: ${words}`
}

/** What makes a pattern of a path. */
const PATTERN = /[*?{}[\]\\]/g

/** Whether a decision speaks of a finding; `paths` are all names of its file. */
export function concerns(decision: Decision, finding: Judged, paths: readonly string[]): boolean {
  if (decision.rule !== finding.rule && decision.rule !== finding.class) return false
  if (paths.includes(decision.path.replace(/\\(.)/g, '$1'))) return true
  if (!/(?<!\\)[*?{[]/.test(decision.path)) return false
  return paths.some(createPathMatcher([decision.path]))
}

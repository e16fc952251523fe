import type { Finding } from '#core/findings/finding'

/** A thread of ours on the pull request, with the finding that its marker names. */
export interface PostedThread {
  readonly id: string
  readonly finding: string
  readonly path: string
  readonly resolved: boolean
  /** Whether we resolved it ourselves: a person's word stands. */
  readonly resolvedByUs: boolean
  /** Whether somebody else wrote in it. */
  readonly answered: boolean
  /** Whether the agent made the finding: the rules cannot tell that it is gone. */
  readonly judged: boolean
}

/** What a review could not see, so that a finding's absence says nothing about it. */
export interface Unseen {
  /** Paths that were not covered fully. */
  readonly paths: ReadonlySet<string>
  /** Paths that no agent looked at: there, what an agent found stands. */
  readonly unjudged: ReadonlySet<string>
  /** The only paths that GitHub listed of a change that is too large; null for a whole list. */
  readonly listed: ReadonlySet<string> | null
}

/** What a push changed about what was already said. */
export interface Comparison {
  /** Findings that were never said on this pull request. */
  readonly fresh: readonly Finding[]
  /** Findings that already have a thread, open or resolved by a person: not repeated. */
  readonly standing: readonly Finding[]
  /** Open threads whose finding is gone and that nobody answered: to be resolved. */
  readonly settled: readonly PostedThread[]
  /** Threads that we had resolved and whose finding is back: to be opened again. */
  readonly returned: readonly PostedThread[]
}

/**
 * Compares findings with our threads by fingerprint. A finding that is gone from what was not looked
 * at is not a finding that was fixed.
 */
export function comparePosted(
  findings: readonly Finding[],
  threads: readonly PostedThread[],
  unseen: Unseen,
): Comparison {
  const said = new Set(threads.map((thread) => thread.finding))
  const held = new Set(findings.map((finding) => finding.id))
  return {
    fresh: findings.filter((finding) => !said.has(finding.id)),
    returned: threads.filter(
      ({ finding, resolved, resolvedByUs }) => resolved && resolvedByUs && held.has(finding),
    ),
    standing: findings.filter((finding) => said.has(finding.id)),
    settled: threads.filter(
      (thread) =>
        !thread.resolved &&
        !thread.answered &&
        !held.has(thread.finding) &&
        wasSeen(thread, unseen),
    ),
  }
}

function wasSeen({ path, judged }: PostedThread, { paths, unjudged, listed }: Unseen): boolean {
  if (judged && unjudged.has(path)) return false
  return !paths.has(path) && (listed === null || listed.has(path))
}

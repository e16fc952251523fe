import type { Finding } from '#core/findings/finding'

/** A thread of ours on the pull request, with the finding that its marker names. */
export interface PostedThread {
  readonly id: string
  readonly finding: string
  readonly path: string
  readonly resolved: boolean
  /** Whether somebody else wrote in it. */
  readonly answered: boolean
}

/** What a push changed about what was already said. */
export interface Comparison {
  /** Findings that were never said on this pull request. */
  readonly fresh: readonly Finding[]
  /** Findings that already have a thread, open or resolved by a person: not repeated. */
  readonly standing: readonly Finding[]
  /** Open threads whose finding is gone and that nobody answered: to be resolved. */
  readonly settled: readonly PostedThread[]
}

/**
 * Compares findings with our threads by fingerprint.
 *
 * @param unread paths that this review did not cover fully: a finding that is gone from a file that
 *   was not read is not a finding that was fixed
 */
export function comparePosted(
  findings: readonly Finding[],
  threads: readonly PostedThread[],
  unread: ReadonlySet<string>,
): Comparison {
  const said = new Set(threads.map((thread) => thread.finding))
  const held = new Set(findings.map((finding) => finding.id))
  return {
    fresh: findings.filter((finding) => !said.has(finding.id)),
    standing: findings.filter((finding) => said.has(finding.id)),
    settled: threads.filter(
      (thread) =>
        !thread.resolved &&
        !thread.answered &&
        !held.has(thread.finding) &&
        !unread.has(thread.path),
    ),
  }
}

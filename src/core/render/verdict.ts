import { assertNever } from '#core/exhaustive'
import { atLeast, type Finding, Severity } from '#core/findings/finding'
import type { Report } from '#core/report/report'
import type { Settings } from '#core/settings/settings'
import { clip } from '#core/text/lines'

/** What the check run concludes, computed by us alone: never greener than the truth. */
export interface Verdict {
  readonly conclusion: 'success' | 'neutral' | 'failure' | 'action_required'
  readonly title: string
}

/**
 * The conclusion and title of a finished review. `neutral` and `success` both satisfy a required
 * check on GitHub, so a review that did not happen says so in its first word.
 */
export function verdictOf(report: Report, settings: Settings): Verdict {
  const limit = settings.review.fail_check_at
  const failing = limit !== 'never' && report.findings.some((f) => atLeast(f.severity, limit))
  const selected = report.files.filter((file) => file.decision === 'selected')
  if (selected.length === 0 && report.status === 'reviewed') {
    return { conclusion: 'success', title: 'Nothing to review' }
  }
  const unread = selected.every((file) => file.coverage === 'skipped')
  if (report.status === 'reviewed' && unread) {
    const because = [...new Set(selected.map((file) => file.because ?? 'skipped'))].join(', ')
    return { conclusion: settings.review.on_error, title: `Not reviewed: ${because}`.slice(0, 255) }
  }
  switch (report.status) {
    case 'reviewed':
      return {
        conclusion: failing ? 'failure' : 'success',
        title: `Reviewed, ${countWords(report.findings.length, 'finding')}`,
      }
    case 'partial': {
      const read = selected.filter((file) => file.coverage === 'reviewed').length
      const found = `, ${countWords(report.findings.length, 'finding')}`
      return {
        conclusion: failing ? 'failure' : settings.review.on_error,
        title: `Reviewed ${read} of ${selected.length}${found}`,
      }
    }
    case 'not-reviewed':
      return {
        conclusion: failing ? 'failure' : settings.review.on_error,
        title: clip(`Not reviewed: ${report.because ?? 'unknown reason'}`, 255),
      }
    default:
      return assertNever(report.status)
  }
}

/** `1 critical, 2 medium`, most severe first; `no findings` for none. */
export function severityWords(findings: readonly Finding[]): string {
  const counts = Severity.options.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}`]
  })
  return counts.length === 0 ? 'no findings' : counts.join(', ')
}

/** `no findings`, `1 finding`, `2 findings`. */
export function countWords(count: number, noun: string): string {
  if (count === 0) return `no ${noun}s`
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}

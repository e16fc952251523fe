import type { Paint } from '#core/render/paint'
import { countWords } from '#core/render/verdict'
import type { Report, ReportFile } from '#core/report/report'
import { escapeLine } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'

/** Reasons and files that are named one by one; the rest is counted. */
const MAX_NAMED_REASONS = 6
const MAX_NAMED_FILES = 20

/** Coverage in a few lines: how many files, why the rest was skipped, what was not read in full. */
export function coverageLines(report: Report, width: number, paint: Paint): string[] {
  if (report.files.length === 0) return []
  const selected = report.files.filter(({ decision }) => decision === 'selected')
  const lines = [
    paint('bold', 'Files'),
    `  ${countWords(report.files.length, 'changed file')}, ${selected.length} about integrations${coverageWords(selected)}`,
  ]
  const skipped = report.files.filter(({ decision }) => decision === 'skipped')
  for (const { reason, count } of skippedReasons(skipped)) {
    lines.push(clip(`  ${count} skipped: ${reason}`, width))
  }
  const short = report.files.filter(
    (file) => file.coverage === 'partial' || file.coverage === 'failed',
  )
  const unread = selected.filter((file) => file.coverage === 'skipped')
  const named = report.status === 'not-reviewed' ? short : [...short, ...unread]
  for (const file of named.slice(0, MAX_NAMED_FILES)) {
    lines.push(`  ${paint('medium', file.coverage)} ${escapeLine(file.path)}: ${whyOf(file)}`)
  }
  if (named.length > MAX_NAMED_FILES) {
    lines.push(`  and ${named.length - MAX_NAMED_FILES} more; --format json lists all`)
  }
  return lines
}

/** Why a file was skipped or not read in full, in a few words. */
export function whyOf(file: ReportFile): string {
  const reason = file.because ?? file.reasons[0]?.detail ?? ''
  return reason === '' ? 'no sign of an integration' : escapeLine(reason)
}

/** Skipped files counted by reason, the most frequent first; rare reasons are summed up. */
export function skippedReasons(
  skipped: readonly ReportFile[],
): readonly { readonly reason: string; readonly count: number }[] {
  const groups = [...Map.groupBy(skipped, whyOf)]
    .map(([reason, files]) => ({ reason, count: files.length }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason, 'en'))
  const rest = groups.slice(MAX_NAMED_REASONS).reduce((sum, { count }) => sum + count, 0)
  const named = groups.slice(0, MAX_NAMED_REASONS)
  return rest === 0 ? named : [...named, { reason: 'other reasons', count: rest }]
}

function coverageWords(selected: readonly ReportFile[]): string {
  const read = selected.filter(({ coverage }) => coverage === 'reviewed').length
  return selected.length === 0 ? '' : `, ${read} reviewed`
}

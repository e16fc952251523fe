import type { Finding } from '#core/findings/finding'
import { deltaWords } from '#core/render/delta-words'
import { findingComment } from '#core/render/finding-comment'
import { flipWords, matrixSection } from '#core/render/matrix-delta'
import { notesOf } from '#core/render/memory-words'
import { codeBlock, codeSpan } from '#core/render/safe-markdown'
import { skippedReasons, whyOf } from '#core/render/terminal-files'
import { byFile, identityLine } from '#core/render/terminal-report'
import { countWords, severityWords, verdictOf } from '#core/render/verdict'
import type { Report } from '#core/report/report'
import { FILES_ONLY } from '#core/report/review-request'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { byteLength } from '#core/text/lines'

/**
 * A step of a workflow may add 1 MiB to its job summary, and more fails the upload:
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
 */
const MAX_BYTES = 900_000
const MAX_ROWS = 500
/** No link survives: a report on this machine has no repository on the web. */
const NO_WEB = 'none:'

/** A review, or the decisions on its files, as a page of markdown such as a job summary. */
export function markdownReport(report: Report): string {
  const filesOnly = report.status === 'not-reviewed' && report.because === FILES_ONLY
  const title = filesOnly
    ? countWords(report.files.length, 'changed file')
    : verdictOf(report, DEFAULT_SETTINGS).title
  return withinLimit(sections())

  function* sections(): Generator<string> {
    yield `## ${codeFree(title)}`
    yield filesOnly ? '' : `${severityWords(report.findings)}.`
    yield deltaLine(report)
    yield flipLine(report)
    for (const findings of byFile(report.findings)) yield* fileSection(findings)
    yield matrixSection(report.matrix, { diagrams: true })
    yield fileTable(report)
    yield skippedList(report)
    yield notesOf(report)
      .map((note) => `- ${codeSpan(note)}`)
      .join('\n')
    yield codeSpan(identityLine(report))
  }
}

function deltaLine({ inventory }: Report): string {
  const words = deltaWords(inventory.delta, codeSpan)
  return words === '' ? '' : `Integrations: ${words}.`
}

function flipLine({ matrix }: Report): string {
  const words = flipWords(matrix, codeSpan)
  return words === '' ? '' : `Protections: ${words}.`
}

function* fileSection(findings: readonly Finding[]): Generator<string> {
  for (const [index, finding] of findings.entries()) {
    if (index === 0) yield `### ${codeSpan(finding.path)}`
    yield `Line ${finding.line}`
    const lines = finding.evidence
      .filter(({ path, side }) => path === finding.path && side === finding.side)
      .map(({ line, text }) => `${line} │ ${text}`)
    yield lines.length === 0 ? '' : codeBlock(lines.join('\n'), '')
    yield findingComment(finding, NO_WEB)
  }
}

function fileTable(report: Report): string {
  const selected = report.files.filter(({ decision }) => decision === 'selected')
  if (selected.length === 0) return ''
  const rows = selected.slice(0, MAX_ROWS).map((file) => {
    const why = file.because ?? file.reasons.map(({ detail }) => detail).join('; ')
    return `| ${cell(file.path)} | ${file.coverage} | ${file.score.toFixed(2)} | ${cell(why)} |`
  })
  const rest = selected.length > MAX_ROWS ? `\n\nand ${selected.length - MAX_ROWS} more` : ''
  return ['| file | coverage | score | why |', '|---|---|---|---|', ...rows].join('\n') + rest
}

function skippedList(report: Report): string {
  const skipped = report.files.filter(({ decision }) => decision === 'skipped')
  const filesOnly = report.because === FILES_ONLY && skipped.length <= MAX_ROWS
  const lines = filesOnly
    ? skipped.map((file) => `- ${codeSpan(file.path)}: ${codeSpan(whyOf(file))}`)
    : skippedReasons(skipped).map(({ reason, count }) => `- ${count} skipped: ${codeSpan(reason)}`)
  return lines.join('\n')
}

function cell(text: string): string {
  return text === '' ? '' : codeSpan(text.slice(0, 200)).replaceAll('|', '\\|')
}

/** A title holds words of ours and the reason of a failure, which may hold anything. */
function codeFree(title: string): string {
  return /^[\w ,:]+$/.test(title) ? title : codeSpan(title)
}

/** Parts are made one by one, so that none is made in vain once the page is full. */
function withinLimit(parts: Iterable<string>): string {
  const kept: string[] = []
  let bytes = 0
  for (const part of parts) {
    if (part === '') continue
    bytes += byteLength(part) + 2
    if (bytes > MAX_BYTES) {
      kept.push('The rest did not fit here; `--format json` has all of it.')
      break
    }
    kept.push(part)
  }
  return `${kept.join('\n\n')}\n`
}

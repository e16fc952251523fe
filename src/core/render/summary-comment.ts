import type { Finding } from '#core/findings/finding'
import type { PlannedLearning } from '#core/plan/plan'
import { adviceSection } from '#core/render/advice-section'
import { findingDetails, findingEntry } from '#core/render/finding-comment'
import { codeSpan, safeInline } from '#core/render/safe-markdown'
import { countWords, severityWords } from '#core/render/verdict'
import type { Report, ReportFile } from '#core/report/report'

/** GitHub's own limit is higher and undocumented; ours leaves room for the markers. Bytes of UTF-8. */
const MAX_BODY = 60_000
const MAX_ROWS = 100

/** What a summary speaks about. */
export interface SummaryParts {
  readonly report: Report
  readonly title: string
  readonly webUrl: string
  readonly learnings: readonly PlannedLearning[]
  /** Findings of earlier pushes that are gone, by id. */
  readonly settled: readonly string[]
}

/** The sticky summary: verdict first, findings, coverage, memory, spend. Without its marker. */
export function summaryComment(parts: SummaryParts): string {
  const { report, webUrl } = parts
  return withinLimit([
    `### ${parts.title}`,
    headline(report),
    findingList(report.findings, webUrl),
    ...report.findings.filter((f) => f.placement === 'summary').map((f) => detailsOf(f, webUrl)),
    parts.settled.length === 0
      ? ''
      : `Settled since the last push: ${parts.settled.map(codeSpan).join(', ')}.`,
    report.advice === null ? '' : adviceSection(report.advice, webUrl),
    noteList(report),
    coverageTable(report.files),
    memoryWords(parts.learnings, webUrl),
    footer(report),
  ])
}

/** The body of the review that carries the inline comments: short, the summary has the rest. */
export function reviewBody(report: Report, webUrl: string, fresh: readonly Finding[]): string {
  const elsewhere = fresh.filter((finding) => finding.placement !== 'line')
  return withinLimit([headline(report), findingList(elsewhere, webUrl)])
}

/** The same review for the day GitHub refuses an anchor: every finding in full, none inline. */
export function reviewBodyInFull(
  report: Report,
  webUrl: string,
  fresh: readonly Finding[],
): string {
  return withinLimit([headline(report), ...fresh.map((finding) => detailsOf(finding, webUrl))])
}

/** The text of the check run: headline, findings, notes, coverage. */
export function checkSummary(parts: SummaryParts): string {
  const { report, webUrl } = parts
  return withinLimit([
    headline(report),
    findingList(report.findings, webUrl),
    noteList(report),
    coverageTable(report.files),
    footer(report),
  ])
}

function headline(report: Report): string {
  const selected = report.files.filter((file) => file.decision === 'selected')
  const read = selected.filter((file) => file.coverage === 'reviewed').length
  const scope = `${countWords(report.files.length, 'changed file')}, ${selected.length} about integrations, ${read} reviewed`
  const found = `${severityWords(report.findings)}.`
  const because = report.because === null ? '' : ` ${sentence(report.because)}`
  return `${scope}: ${found}${because}`
}

function sentence(text: string): string {
  const words = text.trim()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`
}

function findingList(findings: readonly Finding[], webUrl: string): string {
  return findings
    .slice(0, MAX_ROWS)
    .map((finding) => findingEntry(finding, webUrl))
    .join('\n')
}

function detailsOf(finding: Finding, webUrl: string): string {
  const heading = `${finding.severity}: <code>${finding.id}</code>`
  return `<details><summary>${heading}</summary>\n\n${findingDetails(finding, webUrl)}\n\n</details>`
}

function noteList(report: Report): string {
  return report.notes.map((note) => `> ${codeSpan(note)}`).join('\n>\n')
}

function coverageTable(files: readonly ReportFile[]): string {
  const shown = files.filter((file) => file.decision === 'selected' || file.coverage === 'failed')
  const rows = shown.slice(0, MAX_ROWS).map((file) => {
    const why =
      file.because ??
      file.reasons
        .map((reason) => reason.detail)
        .slice(0, 2)
        .join('; ')
    return `| ${cell(file.path)} | ${file.coverage} | ${cell(why)} |`
  })
  const skipped = files.length - shown.length
  const rest = [
    shown.length > MAX_ROWS ? `${shown.length - MAX_ROWS} more files are in the check run.` : '',
    skipped === 0 ? '' : `${countWords(skipped, 'other file')} without integration code.`,
  ].filter((line) => line !== '')
  if (rows.length === 0) return rest.join(' ')
  const table = ['| file | coverage | why |', '|---|---|---|', ...rows].join('\n')
  return `<details><summary>Coverage</summary>\n\n${table}\n\n${rest.join(' ')}\n\n</details>`
}

function cell(text: string): string {
  return text === '' ? '' : codeSpan(text.slice(0, 200)).replaceAll('|', '\\|')
}

function memoryWords(learnings: readonly PlannedLearning[], webUrl: string): string {
  const group = (when: PlannedLearning['when'], label: string) => {
    const entries = learnings.filter((learning) => learning.when === when)
    if (entries.length === 0) return ''
    const lines = entries.slice(0, 20).map((entry) => `- ${safeInline(entry.text, webUrl)}`)
    return `${label}\n\n${lines.join('\n')}`
  }
  const groups = [
    group('now', 'Will be remembered now:'),
    group('at-merge', 'Will be remembered when this merges:'),
    group('pending', 'Waits for a maintainer:'),
  ].filter((text) => text !== '')
  if (groups.length === 0) return ''
  return `<details><summary>Memory</summary>\n\n${groups.join('\n\n')}\n\n</details>`
}

function footer(report: Report): string {
  const who =
    report.reviewer === 'claude'
      ? `${report.agent} with ${report.model ?? 'a model'}`
      : 'rules only, no model was asked'
  const spent = report.usage === null ? '' : ` · $${report.usage.usd.toFixed(2)}`
  return `<sub>${report.tool.name} ${report.tool.version} · ${who} · head ${codeSpan(report.head.slice(0, 12))}${spent}</sub>`
}

/** Joins the parts; parts that no longer fit are left out whole, from the end, and that is said. */
function withinLimit(parts: readonly string[]): string {
  const kept: string[] = []
  let bytes = 0
  for (const part of parts.filter((text) => text !== '')) {
    const size = Buffer.byteLength(part) + 2
    if (bytes + size > MAX_BODY) {
      kept.push(
        'The rest did not fit into one comment; the check run and the inline comments have it.',
      )
      break
    }
    kept.push(part)
    bytes += size
  }
  return kept.join('\n\n')
}

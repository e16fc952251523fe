import type { Finding } from '#core/findings/finding'
import type { PlannedLearning } from '#core/plan/plan'
import { adviceSection } from '#core/render/advice-section'
import { durationWords } from '#core/render/budget-words'
import { deltaWords } from '#core/render/delta-words'
import { findingDetails, findingEntry } from '#core/render/finding-comment'
import { fitParts, MAX_BODY } from '#core/render/fit-parts'
import { flipWords, matrixSection } from '#core/render/matrix-delta'
import { memorySection, silencedList } from '#core/render/memory-words'
import { codeSpan, safeInline } from '#core/render/safe-markdown'
import { countWords, severityWords } from '#core/render/verdict'
import type { Report, ReportFile } from '#core/report/report'
import { byteLength, capital, clip } from '#core/text/lines'

/** What a list or a table may take of a body, so that one part cannot push out the others. Bytes. */
const MAX_LIST = 20_000
const MAX_NOTES = 20
const MAX_NOTE = 400
const MAX_CELL = 200

/** What a summary speaks about. */
export interface SummaryParts {
  readonly report: Report
  readonly title: string
  readonly webUrl: string
  readonly learnings: readonly PlannedLearning[]
  /** Whether the repository wants diagrams. */
  readonly diagrams: boolean
  /** Findings of earlier pushes that are gone, by id, and whether the agent had judged them. */
  readonly settled: readonly { readonly finding: string; readonly judged: boolean }[]
}

/** The sticky summary: verdict first, findings, coverage, memory, spend. Without its marker. */
export function summaryComment(parts: SummaryParts): string {
  const { report, webUrl } = parts
  const unplaced = report.findings.filter((finding) => finding.placement === 'summary')
  return fitParts(
    [
      `### ${parts.title}`,
      headline(report, webUrl),
      findingList(report.findings, webUrl),
      deltaLine(report),
      flipLine(report),
      settledWords(parts.settled),
      silencedList(report.memory, webUrl),
      noteList(report),
      ...detailsOf(unplaced, webUrl),
      matrixSection(report.matrix, { diagrams: parts.diagrams }),
      report.advice === null ? '' : adviceSection(report.advice, webUrl),
      coverageTable(report.files),
      memorySection(report.memory, parts.learnings, webUrl),
    ],
    footer(report),
  )
}

/** What the change does to the repository's integrations, as facts and not as findings. */
function deltaLine({ inventory }: Report): string {
  const words = deltaWords(inventory.delta, (name) => codeSpan(clip(name, MAX_CELL)))
  return words === '' ? '' : `Integrations: ${words}.`
}

/** Which protections the change takes away or brings. */
function flipLine({ matrix }: Report): string {
  const words = flipWords(matrix, (name) => codeSpan(clip(name, MAX_CELL)))
  return words === '' ? '' : `Protections: ${words}.`
}

/** The body of the review that carries the inline comments: short, the summary has the rest. */
export function reviewBody(report: Report, webUrl: string, fresh: readonly Finding[]): string {
  const elsewhere = fresh.filter((finding) => finding.placement === 'summary').length
  const pointer =
    elsewhere === 0
      ? ''
      : `${countWords(elsewhere, 'finding')} without a comment of their own: see the summary below.`
  return fitParts([headline(report, webUrl), pointer], '')
}

/** The same review for the day GitHub refuses an anchor: what had a line in full, none inline. */
export function reviewBodyInFull(
  report: Report,
  webUrl: string,
  inline: readonly Finding[],
): string {
  const details = detailsOf(inline, webUrl)
  return fitParts([headline(report, webUrl), findingList(inline, webUrl), ...details], '')
}

/**
 * The text of the check run: headline, findings, notes, coverage, and every finding in full. It is
 * the last place where a finding can stand when nobody may write in the conversation.
 */
export function checkSummary(parts: SummaryParts): string {
  const { report, webUrl } = parts
  return fitParts(
    [
      headline(report, webUrl),
      findingList(report.findings, webUrl),
      silencedList(report.memory, webUrl),
      noteList(report),
      coverageTable(report.files),
      ...detailsOf(report.findings, webUrl),
    ],
    footer(report),
  )
}

function settledWords(settled: SummaryParts['settled']): string {
  if (settled.length === 0) return ''
  const why = (judged: boolean) =>
    judged ? 'its lines changed and it was not found again' : 'the check finds it no more'
  const { kept, left } = fitting(
    settled,
    ({ finding, judged }) => `${codeSpan(finding)} (${why(judged)})`,
    MAX_LIST,
  )
  return `Settled since the last push: ${kept.join(', ')}${left === 0 ? '' : ` and ${left} more`}.`
}

function headline(report: Report, webUrl: string): string {
  const selected = report.files.filter((file) => file.decision === 'selected')
  const read = selected.filter((file) => file.coverage === 'reviewed').length
  const scope = `${countWords(report.files.length, 'changed file')}, ${selected.length} about integrations, ${read} reviewed`
  const found = `${severityWords(report.findings)}.`
  const because = report.because === null ? '' : ` ${safeInline(sentence(report.because), webUrl)}`
  return `${scope}: ${found}${because}`
}

function sentence(text: string): string {
  const words = text.trim()
  return `${capital(words)}${/[.!?]$/.test(words) ? '' : '.'}`
}

/** One line for each finding, the gravest first; those that do not fit are counted. */
function findingList(findings: readonly Finding[], webUrl: string): string {
  const { kept, left } = fitting(findings, (one) => findingEntry(one, webUrl), MAX_LIST)
  return [...kept, ...(left === 0 ? [] : [`- and ${left} more, not graver than these`])].join('\n')
}

/** Each finding in full, folded away; as many as one body can hold at all. */
function detailsOf(findings: readonly Finding[], webUrl: string): readonly string[] {
  const inFull = (finding: Finding) => {
    const heading = `${finding.severity}: <code>${finding.id}</code>`
    return `<details><summary>${heading}</summary>\n\n${findingDetails(finding, webUrl)}\n\n</details>`
  }
  const { kept, left } = fitting(findings, inFull, MAX_BODY)
  return left === 0 ? kept : [...kept, `${countWords(left, 'finding')} not shown in full here.`]
}

function noteList({ notes }: Report): string {
  const shown = notes.slice(0, MAX_NOTES).map((note) => `> ${codeSpan(clip(note, MAX_NOTE))}`)
  const left = notes.length - shown.length
  return [...shown, ...(left === 0 ? [] : [`> and ${countWords(left, 'more note')}`])].join('\n>\n')
}

function coverageTable(files: readonly ReportFile[]): string {
  const shown = files.filter((file) => file.decision === 'selected' || file.coverage === 'failed')
  const { kept, left } = fitting(shown, coverageRow, MAX_LIST)
  const skipped = files.length - shown.length
  const rest = [
    left === 0 ? '' : `${countWords(left, 'more file')} did not fit here.`,
    skipped === 0 ? '' : `${countWords(skipped, 'other file')} without integration code.`,
  ].filter((line) => line !== '')
  if (kept.length === 0) return rest.join(' ')
  const table = ['| file | coverage | why |', '|---|---|---|', ...kept].join('\n')
  return `<details><summary>Coverage</summary>\n\n${table}\n\n${rest.join(' ')}\n\n</details>`
}

function coverageRow(file: ReportFile): string {
  const reasons = file.reasons.slice(0, 2).map((reason) => reason.detail)
  return `| ${cell(file.path)} | ${file.coverage} | ${cell(file.because ?? reasons.join('; '))} |`
}

function cell(text: string): string {
  return text === '' ? '' : codeSpan(clip(text, MAX_CELL)).replaceAll('|', '\\|')
}

function footer(report: Report): string {
  const who =
    report.reviewer === 'claude'
      ? `${report.agent} with ${report.model ?? 'a model'}`
      : 'rules only, no model was asked'
  const spent = report.usage === null ? '' : ` · $${report.usage.usd.toFixed(2)}`
  const took = Object.values(report.timings).reduce((sum, ms) => sum + ms, 0)
  const time = took < 1_000 ? '' : ` · ${durationWords(took)}`
  return `<sub>${report.tool.name} ${report.tool.version} · ${who} · head ${codeSpan(report.head.slice(0, 12))}${spent}${time}</sub>`
}

/** What fits into so many bytes of the rendered items, from the first, and how many were left. */
function fitting<T>(
  items: readonly T[],
  render: (item: T) => string,
  bytes: number,
): { readonly kept: readonly string[]; readonly left: number } {
  const kept: string[] = []
  let used = 0
  for (const item of items) {
    const text = render(item)
    used += byteLength(text) + 2
    if (used > bytes) break
    kept.push(text)
  }
  return { kept, left: items.length - kept.length }
}

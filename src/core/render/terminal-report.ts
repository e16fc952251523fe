import { compareSeverity, type Evidence, type Finding } from '#core/findings/finding'
import { proofVerb } from '#core/findings/guess'
import { deltaWords } from '#core/render/delta-words'
import { flipWords } from '#core/render/matrix-delta'
import { notesOf } from '#core/render/memory-words'
import { type Paint, painter } from '#core/render/paint'
import { coverageLines } from '#core/render/terminal-files'
import { severityWords, verdictOf } from '#core/render/verdict'
import type { Report } from '#core/report/report'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { escapeHidden, escapeLine } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'
import { wrapText } from '#core/text/wrap'

/** What a terminal can show. `width` is in columns. */
export interface Terminal {
  readonly colour: boolean
  readonly width: number
}

/** A review as a person reads it in a terminal: verdict, findings by file, coverage, next step. */
export function terminalReport(report: Report, terminal: Terminal): string {
  const paint = painter(terminal.colour)
  const blocks = [
    [verdictLine(report, paint), paint('dim', identityLine(report))],
    deltaLines(report, terminal.width),
    ...byFile(report.findings).map((findings) => fileBlock(findings, terminal, paint)),
    coverageLines(report, terminal.width, paint),
    noteLines(notesOf(report), terminal.width, paint),
    nextStep(report, terminal.width, paint),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function verdictLine(report: Report, paint: Paint): string {
  if (report.files.length === 0 && report.status === 'reviewed') {
    return paint('bold', 'Nothing to review: the change is empty')
  }
  const title = escapeLine(verdictOf(report, DEFAULT_SETTINGS).title)
  const counts = report.findings.length === 0 ? '' : `: ${severityWords(report.findings)}`
  return paint('bold', `${title}${counts}`)
}

function deltaLines({ inventory, matrix }: Report, width: number): readonly string[] {
  const words = deltaWords(inventory.delta, (name) => name)
  const flips = flipWords(matrix, (name) => name)
  return [
    ...(words === '' ? [] : wrapText(escapeLine(`Integrations: ${words}.`), width)),
    ...(flips === '' ? [] : wrapText(escapeLine(`Protections: ${flips}.`), width)),
  ]
}

/** Who compared what. */
export function identityLine(report: Report): string {
  const who = report.reviewer === 'claude' ? `${report.agent} with ${report.model ?? '?'}` : 'rules'
  const range = `${shortName(report.base)}..${shortName(report.head)}`
  return escapeLine(`${report.tool.name} ${report.tool.version} · ${who} · ${range}`)
}

function shortName(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 12) : commit
}

/** Findings of one file together; the file with the most severe finding comes first. */
export function byFile(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const sorted = [...findings].sort(
    (a, b) => compareSeverity(a.severity, b.severity) || a.line - b.line,
  )
  return [...Map.groupBy(sorted, (finding) => finding.path).values()]
}

function fileBlock(findings: readonly Finding[], terminal: Terminal, paint: Paint): string[] {
  const path = findings[0]?.path ?? ''
  const blocks = findings.map((finding) => findingLines(finding, terminal, paint).join('\n'))
  return [paint('bold', escapeLine(path)), '', blocks.join('\n\n')]
}

function findingLines(finding: Finding, { width }: Terminal, paint: Paint): readonly string[] {
  const room = width - 2
  const [title = '', ...more] = wrapText(oneLine(finding.title), room - finding.severity.length - 2)
  const hanging = ' '.repeat(finding.severity.length + 2)
  const lines = [
    `${paint(finding.severity, finding.severity)}  ${paint('bold', title)}`,
    ...more.map((line) => hanging + paint('bold', line)),
    ...wrapText(placeWords(finding), room).map((line) => paint('dim', line)),
    '',
    ...excerpt(finding, room, paint),
    ...paragraph('', finding.body, room),
    ...paragraph('When it breaks: ', finding.scenario, room),
    ...paragraph('Fix: ', finding.fix, room),
    ...suggestionLines(finding, room, paint),
  ]
  while (lines.at(-1) === '') lines.pop()
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

/** Where a finding is, what it is, who says so, and its id. */
export function placeWords(finding: Finding): string {
  const range =
    finding.startLine === finding.line ? `${finding.line}` : `${finding.startLine}-${finding.line}`
  const before = finding.side === 'LEFT' ? ' before the change' : ''
  const by = finding.source === 'agent' ? 'judged by the lead' : ruleWords(finding)
  const old = finding.preExisting ? ' · not new' : ''
  return oneLine(`line ${range}${before} · ${finding.class} · ${by} · ${finding.id}${old}`)
}

function ruleWords(finding: Finding): string {
  const verb = proofVerb(finding)
  return finding.rule === null ? `${verb} by a rule` : `${verb} by ${finding.rule}`
}

/** The lines that support the finding; a line of another file or of the base says so. */
function excerpt(finding: Finding, room: number, paint: Paint): readonly string[] {
  const lines = [...finding.evidence].sort(
    (a, b) => placeOrder(a, finding) - placeOrder(b, finding),
  )
  const digits = Math.max(...lines.map(({ line }) => String(line).length))
  let place = `${finding.path} RIGHT`
  const shown = lines.flatMap((evidence) => {
    const here = `${evidence.path} ${evidence.side}`
    const heading = here === place ? [] : [paint('dim', headingOf(evidence, finding))]
    place = here
    const number = String(evidence.line).padStart(digits)
    const text = clip(visible(evidence.text), room - digits - 3)
    return [...heading, `${paint('dim', `${number} │`)} ${text}`]
  })
  return [...shown, '']
}

function placeOrder(evidence: Evidence, finding: Finding): number {
  return (evidence.path === finding.path ? 0 : 1e9) + evidence.line
}

function headingOf(evidence: Evidence, finding: Finding): string {
  const path = evidence.path === finding.path ? 'this file' : escapeLine(evidence.path)
  return evidence.side === 'LEFT' ? `${path}, before the change:` : `${path}:`
}

function paragraph(label: string, text: string, room: number): readonly string[] {
  if (text.trim() === '') return []
  return [...wrapText(`${label}${visible(text)}`, room), '']
}

function suggestionLines(finding: Finding, room: number, paint: Paint): readonly string[] {
  if (finding.suggestion === null) return []
  const lines = finding.suggestion.replace(/\n$/, '').split('\n')
  return [
    'Suggestion:',
    ...lines.map((line) => paint('good', `  + ${clip(visible(line), room - 4)}`)),
    '',
  ]
}

/** Notes of the report, one item each. */
export function noteLines(notes: readonly string[], width: number, paint: Paint): string[] {
  if (notes.length === 0) return []
  return [paint('bold', 'Notes'), ...notes.flatMap((note) => wrapText(`- ${oneLine(note)}`, width))]
}

function nextStep(report: Report, width: number, paint: Paint): string[] {
  const lines = wrapText(nextWords(report), width - 6)
  return lines.map((line, index) =>
    index === 0 ? `${paint('bold', 'Next:')} ${line}` : `      ${line}`,
  )
}

function nextWords(report: Report): string {
  const [first] = byFile(report.findings)[0] ?? []
  if (report.files.length === 0) return 'choose another range with --base and --head.'
  if (first === undefined) {
    return report.status === 'reviewed' ? 'nothing to mend.' : 'see why above, then run it again.'
  }
  const rule = report.findings.find((finding) => finding.rule !== null)?.rule
  const more = rule ? ` \`tech-lead rules explain ${oneLine(rule)}\` tells more about a rule.` : ''
  return `mend ${oneLine(first.path)}:${first.line} first, then run the same command again.${more}`
}

/** Text of others over several lines, with nothing in it that steers a terminal. */
function visible(text: string): string {
  return escapeHidden(text.replaceAll('\r\n', '\n').replaceAll('\t', '  ')).replaceAll('\r', '\\r')
}

function oneLine(text: string): string {
  return escapeLine(text)
}

import type { Evidence, Finding, Severity } from '#core/findings/finding'
import { jsonText } from '#core/render/json-report'
import { notesOf } from '#core/render/memory-words'
import type { Report } from '#core/report/report'
import { escapeHidden } from '#core/text/hidden-characters'

/** The parts of SARIF 2.1.0 that we write: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
interface SarifLog {
  readonly $schema: string
  readonly version: '2.1.0'
  readonly runs: readonly [SarifRun]
}

interface SarifRun {
  readonly tool: { readonly driver: SarifDriver }
  readonly columnKind: 'utf16CodeUnits'
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifText }>>
  readonly invocations: readonly [SarifInvocation]
  readonly results: readonly SarifResult[]
}

interface SarifDriver {
  readonly name: string
  readonly version: string
  readonly rules: readonly SarifRule[]
}

interface SarifRule {
  readonly id: string
  readonly shortDescription: SarifText
  readonly help: SarifText
  readonly defaultConfiguration: { readonly level: SarifLevel }
  readonly properties: { readonly tags: readonly string[] }
}

interface SarifInvocation {
  readonly executionSuccessful: boolean
  readonly toolExecutionNotifications: readonly {
    readonly level: SarifLevel
    readonly message: SarifText
  }[]
}

interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: SarifLevel
  readonly message: SarifText
  readonly locations: readonly [SarifLocation]
  readonly relatedLocations: readonly SarifLocation[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string | boolean | null>>
}

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }
    readonly region?: {
      readonly startLine: number
      readonly endLine: number
      readonly snippet?: SarifText
    }
  }
  readonly message?: SarifText
}

interface SarifText {
  readonly text: string
}

type SarifLevel = 'error' | 'warning' | 'note'

const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

const ROOT = '%SRCROOT%'

/** The findings as SARIF 2.1.0, as code scanning of GitHub and editors read it. */
export function sarifReport(report: Report): string {
  const rules = rulesOf(report.findings)
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]))
  const log: SarifLog = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { ...report.tool, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        invocations: [invocationOf(report)],
        results: report.findings.map((finding) => resultOf(finding, indexes)),
      },
    ],
  }
  return jsonText(log)
}

function rulesOf(findings: readonly Finding[]): readonly SarifRule[] {
  const groups = Map.groupBy(findings, ruleIdOf)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, [first]]) => {
      if (first === undefined) return []
      return [
        {
          id,
          shortDescription: text(first.class),
          help: text(first.fix),
          defaultConfiguration: { level: LEVELS[first.severity] },
          properties: { tags: ['integration', first.class] },
        },
      ]
    })
}

function ruleIdOf(finding: Finding): string {
  return finding.rule ?? `lead/${finding.class}`
}

function invocationOf(report: Report): SarifInvocation {
  const because = report.because === null ? [] : [report.because]
  const unread = report.files
    .filter(({ coverage }) => coverage === 'failed' || coverage === 'partial')
    .map((file) => `${file.path}: ${file.because ?? file.coverage}`)
  const notify = (level: SarifLevel) => (message: string) => ({ level, message: text(message) })
  return {
    executionSuccessful: report.status === 'reviewed',
    toolExecutionNotifications: [
      ...[...because, ...unread].map(notify('warning')),
      ...notesOf(report).map(notify('note')),
    ],
  }
}

function resultOf(finding: Finding, indexes: ReadonlyMap<string, number>): SarifResult {
  const ruleId = ruleIdOf(finding)
  const before = finding.side === 'LEFT' ? ` (line ${finding.line} before the change)` : ''
  const parts = [
    `${finding.title}${before}`,
    finding.body,
    `When it breaks: ${finding.scenario}`,
    `Fix: ${finding.fix}`,
  ]
  return {
    ruleId,
    ruleIndex: indexes.get(ruleId) ?? -1,
    level: LEVELS[finding.severity],
    message: text(parts.filter((part) => part !== '').join('\n\n')),
    locations: [locationOf(finding)],
    relatedLocations: finding.evidence.filter(({ side }) => side === 'RIGHT').map(evidenceLocation),
    // Code scanning compares only primaryLocationLineHash:
    // https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
    partialFingerprints: { primaryLocationLineHash: finding.id, 'techLeadFinding/v1': finding.id },
    properties: {
      severity: finding.severity,
      proof: finding.proof,
      source: finding.source,
      provider: finding.provider,
      preExisting: finding.preExisting,
    },
  }
}

/** A line of the base does not exist in the head, so it is named in words and not as a region. */
function locationOf({ path, side, startLine, line }: Finding): SarifLocation {
  const artifactLocation = artifact(path)
  if (side === 'LEFT') return { physicalLocation: { artifactLocation } }
  return { physicalLocation: { artifactLocation, region: { startLine, endLine: line } } }
}

function evidenceLocation({ path, line, text: shown }: Evidence): SarifLocation {
  const region = { startLine: line, endLine: line, snippet: { text: shown } }
  return {
    physicalLocation: { artifactLocation: artifact(path), region },
    message: text('evidence'),
  }
}

function artifact(path: string): { readonly uri: string; readonly uriBaseId: string } {
  const uri = path.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return { uri, uriBaseId: ROOT }
}

function text(words: string): SarifText {
  return { text: escapeHidden(words) }
}

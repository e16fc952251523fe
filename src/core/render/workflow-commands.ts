import { compareSeverity, type Finding, type Severity } from '#core/findings/finding'
import { escapeHidden } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'

type Level = 'error' | 'warning' | 'notice'

const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
}

/**
 * What one step may show of each level:
 * https://docs.github.com/en/rest/checks/runs (annotations of a step are cut at ten a level)
 */
const MAX_OF_LEVEL = 10
const MAX_MESSAGE = 1_000

/**
 * Findings as workflow commands, which show them on their lines in the list of changed files:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * Lines that the change removed have no place there.
 */
export function annotations(findings: readonly Finding[]): readonly string[] {
  const shown = findings
    .filter(({ side }) => side === 'RIGHT')
    .sort((a, b) => compareSeverity(a.severity, b.severity))
  const byLevel = Map.groupBy(shown, ({ severity }) => LEVELS[severity])
  return [...byLevel].flatMap(([level, ofLevel]) =>
    ofLevel.slice(0, MAX_OF_LEVEL).map((finding) => annotation(level, finding)),
  )
}

function annotation(level: Level, finding: Finding): string {
  const { path, startLine, line, severity, title, scenario, fix, id } = finding
  const place = {
    file: path,
    line: String(startLine),
    endLine: String(line),
    title: `${severity}: ${title.replaceAll('`', '')}`,
  }
  return command(level, `${scenario}\n\nFix: ${fix}\n\n${id}`, place)
}

/** One line that the runner obeys; whatever the words are, they stay words. */
export function command(
  name: string,
  message: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
  const head = given.length === 0 ? name : `${name} ${given.join(',')}`
  return `::${head}::${data(clip(message, MAX_MESSAGE))}\n`
}

/** The escapes of the runner's own toolkit: https://github.com/actions/toolkit, packages/core. */
function data(text: string): string {
  return escapeHidden(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

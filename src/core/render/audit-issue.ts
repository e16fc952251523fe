import { type Audit, isClean } from '#core/audit/audit'
import { memoryFolder } from '#core/memory/memory'
import { fitParts } from '#core/render/fit-parts'
import { codeSpan, safeInline } from '#core/render/safe-markdown'
import { countWords } from '#core/render/verdict'
import { hasHidden } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'

/** The title of the one issue that an audit keeps in a repository. */
export const AUDIT_TITLE = 'Integrations: what needs another look'

/** What stands in the issue besides the audit itself. */
export interface AuditIssue {
  readonly audit: Audit
  /** `https://github.com/o/r` or its counterpart on an enterprise server. */
  readonly webUrl: string
  readonly agent: string
  /** The hidden mark by which the issue is found again. */
  readonly mark: string
}

const MAX_ROWS = 40
const MAX_TEXT = 240

/**
 * The body of the tracking issue. It names neither a day of its own nor a commit, so that it stays
 * the same to the byte while there is nothing new to say.
 */
export function auditBody(issue: AuditIssue): string {
  const { audit, mark } = issue
  const parts = isClean(audit)
    ? [
        '**Nothing needs another look today.** You may close this: a closed issue stays closed, and the audit is then over for this repository until somebody opens it again.',
      ]
    : [opening(audit), versionSection(issue), factSection(issue), memorySection(issue)]
  const last = `<sub>Looked at weekly and edited in place: what you write in here is written over, comments stay. Close this to end it; \`audit: { mode: off }\` in the settings does too.</sub>\n\n${mark}`
  return fitParts(parts, last)
}

function opening({ versions, facts, suspects }: Audit): string {
  const said = [
    versions.length === 0 ? '' : countWords(versions.length, 'API version'),
    facts.length === 0 ? '' : `${countWords(facts.length, 'page')} of documentation`,
    suspects.length === 0 ? '' : `${countWords(suspects.length, 'remembered fact')}`,
  ].filter((words) => words !== '')
  return `Grown old by itself, without a change of code: **${said.join(', ')}**.`
}

function versionSection({ audit: { versions }, webUrl }: AuditIssue): string {
  if (versions.length === 0) return ''
  const rows = versions.map(
    ({ provider, version, path, line, ends, ended, source }) =>
      `| ${safeInline(provider, webUrl)} | ${cell(version)} | ${ended ? '**ended**' : 'until'} ${ends} | ${place(webUrl, path, line)} | <${source}> |`,
  )
  return [
    '### API versions that end',
    'After that day the provider promises nothing: it may answer as another version does, or not at all.',
    table(['of', 'version', 'promised', 'asked for at', 'by'], rows),
  ].join('\n\n')
}

function factSection({ audit: { facts } }: AuditIssue): string {
  if (facts.length === 0) return ''
  const rows = facts.map(
    ({ provider, id, source, expires, expired, facts: said }) =>
      `| ${cell(provider)} | ${expired ? `**since ${expires}**` : `from ${expires}`} | ${said.join('; ')} | <${source}> | ${codeSpan(`providers explain ${id}`)} |`,
  )
  return [
    '### What is known of the other side',
    'Reviews rest on what these pages of documentation said when somebody last read them. From the day on it counts as unknown, and the rules that need it are silent. Whoever runs the lead can read the page again, or take a newer version that has.',
    table(['of', 'unknown', 'facts', 'page', '`tech-lead …`'], rows),
  ].join('\n\n')
}

function memorySection({ audit: { suspects }, webUrl, agent }: AuditIssue): string {
  if (suspects.length === 0) return ''
  const folder = memoryFolder(agent)
  const entries = suspects.slice(0, MAX_ROWS).map(({ file, entry }) => {
    const { citation } = entry
    const cited =
      citation === null ? '' : `, read at ${place(webUrl, citation.path, citation.line)}`
    const kept = place(webUrl, `${folder}/${file}`, entry.startLine)
    return `- ${safeInline(clip(entry.text, MAX_TEXT), webUrl)}  \n  ${codeSpan(entry.id)} in ${kept}${cited}`
  })
  return [
    '### Remembered, and in doubt',
    `The lines that these rest on have changed or are gone. Until somebody looks, reviews ask instead of relying on them. Mend the entry or take it out, by hand or with \`/tech-lead forget <id>\` on a pull request.`,
    entries.join('\n'),
    more(suspects.length),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const lines = [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`]
  const rest = more(rows.length)
  return [...lines, ...rows.slice(0, MAX_ROWS)].join('\n') + (rest === '' ? '' : `\n\n${rest}`)
}

function more(count: number): string {
  return count > MAX_ROWS ? `and ${count - MAX_ROWS} more` : ''
}

function cell(text: string): string {
  return codeSpan(clip(text, 80)).replaceAll('|', '\\|')
}

/** A place as it stands on the default branch: it is looked up anew each week. */
function place(webUrl: string, path: string, line: number): string {
  const label = codeSpan(`${path}:${line}`).replaceAll('|', '\\|')
  if (hasHidden(path) || /[[\]`]/.test(path)) return label
  const address = path.split('/').map(encodeURIComponent).join('/')
  return `[${label}](<${webUrl}/blob/HEAD/${address}#L${line}>)`
}

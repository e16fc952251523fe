import type { Finding } from '#core/findings/finding'
import { codeBlock, codeSpan, safeInline, safeMarkdown } from '#core/render/safe-markdown'

/** GitHub shows longer comments, but nobody reads them. Characters. */
const MAX_COMMENT = 6_000

/**
 * A finding as the body of a comment: what is wrong, when it breaks, how to mend it, and where the
 * evidence stands. Everything that a rule or a model wrote is made safe.
 */
export function findingComment(finding: Finding, webUrl: string): string {
  const parts = [
    `**${safeInline(finding.title, webUrl)}**`,
    `${finding.severity} · ${finding.class} · ${proofWords(finding)}`,
    safeMarkdown(finding.body, webUrl),
    labelled('When it breaks', safeMarkdown(finding.scenario, webUrl)),
    labelled('Fix', safeMarkdown(finding.fix, webUrl)),
    finding.suggestion === null ? '' : codeBlock(finding.suggestion, 'suggestion'),
    `<sub>${evidenceWords(finding)}</sub>`,
  ]
  const text = parts.filter((part) => part !== '').join('\n\n')
  return text.length <= MAX_COMMENT ? text : shortened(finding, webUrl)
}

/** A finding as one entry of a list, for the summary and the review's body. */
export function findingEntry(finding: Finding, webUrl: string): string {
  const place = codeSpan(`${finding.path}:${finding.line}`)
  return `- **${finding.severity}** ${safeInline(finding.title, webUrl)} (${place}, \`${finding.id}\`)`
}

/** A finding in full below the entry of a list, for places that carry no inline comment. */
export function findingDetails(finding: Finding, webUrl: string): string {
  const place = `${codeSpan(`${finding.path}:${finding.line}`)}\n\n`
  return `${place}${findingComment(finding, webUrl)}`
}

function labelled(label: string, text: string): string {
  return text.includes('\n\n') || text.startsWith('`') || /^[-*+\d]/.test(text)
    ? `**${label}**\n\n${text}`
    : `**${label}:** ${text}`
}

function proofWords(finding: Finding): string {
  if (finding.source === 'agent') return 'judged by the lead'
  const rule = finding.rule === null ? 'a rule' : `rule \`${finding.rule}\``
  return finding.proof === 'proven' ? `proven by ${rule}` : `seen by ${rule}`
}

function evidenceWords(finding: Finding): string {
  const places = finding.evidence.slice(0, 6).map((e) => {
    const side = e.side === 'LEFT' ? ' (before)' : ''
    return `${codeSpan(`${e.path}:${e.line}`)}${side}`
  })
  const more = finding.evidence.length > 6 ? ` and ${finding.evidence.length - 6} more` : ''
  return `\`${finding.id}\` · evidence: ${places.join(', ')}${more}`
}

/** Without the code parts, each text cut where a word ends: a cut fence would hide what follows. */
function shortened(finding: Finding, webUrl: string): string {
  const cut = (text: string) => safeInline(text.slice(0, 1_200).replace(/\s+\S*$/, ' …'), webUrl)
  return [
    `**${cut(finding.title)}**`,
    `${finding.severity} · ${finding.class} · ${proofWords(finding)}`,
    cut(finding.body),
    `**When it breaks:** ${cut(finding.scenario)}`,
    `**Fix:** ${cut(finding.fix)}`,
    `<sub>${evidenceWords(finding)}</sub>`,
  ].join('\n\n')
}

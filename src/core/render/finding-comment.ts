import type { Finding } from '#core/findings/finding'
import { proofVerb } from '#core/findings/guess'
import { codeBlock, codeSpan, safeInline, safeMarkdown } from '#core/render/safe-markdown'
import { hasHidden } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'
import { REDACTED } from '#core/text/redact'

/** GitHub shows longer comments, but nobody reads them. Characters. */
const MAX_COMMENT = 6_000
/** What is shown of each text of a finding that is longer than that. Characters. */
const MAX_TEXT = 1_200
const MAX_TITLE = 200
/** Git takes paths of 4,096 bytes. Characters. */
const MAX_PATH = 200

/** A finding stands in a comment, in the review's body and in the check run: written once for all. */
const WRITTEN = new WeakMap<Finding, { readonly webUrl: string; readonly text: string }>()

/**
 * A finding as the body of a comment: what is wrong, when it breaks, how to mend it, and where the
 * evidence stands. Everything that a rule or a model wrote is made safe.
 */
export function findingComment(finding: Finding, webUrl: string): string {
  const known = WRITTEN.get(finding)
  if (known?.webUrl === webUrl) return known.text
  const text = commentOf(finding, webUrl)
  WRITTEN.set(finding, { webUrl, text })
  return text
}

function commentOf(finding: Finding, webUrl: string): string {
  const parts = [
    `**${safeInline(finding.title, webUrl)}**`,
    `${finding.severity} · ${finding.class} · ${proofWords(finding)}`,
    safeMarkdown(finding.body, webUrl),
    labelled('When it breaks', safeMarkdown(finding.scenario, webUrl)),
    labelled('Fix', safeMarkdown(finding.fix, webUrl)),
    finding.suggestion === null ? '' : codeBlock(finding.suggestion, fenceOf(finding)),
    `<sub>${evidenceWords(finding)}</sub>`,
  ]
  const text = parts.filter((part) => part !== '').join('\n\n')
  return text.length <= MAX_COMMENT ? text : shortened(finding, webUrl)
}

/** A finding as one entry of a list, for the summary and the review's body. */
export function findingEntry(finding: Finding, webUrl: string): string {
  const title = safeInline(clip(finding.title, MAX_TITLE), webUrl)
  return `- **${finding.severity}** ${title} (${placeOf(finding)}, \`${finding.id}\`)`
}

/** A finding in full below the entry of a list, for places that carry no inline comment. */
export function findingDetails(finding: Finding, webUrl: string): string {
  return `${placeOf(finding)}\n\n${findingComment(finding, webUrl)}`
}

/** Where something stands; of a long path the end, which names the file. */
function placeOf({ path, line }: { readonly path: string; readonly line: number }): string {
  const shown = path.length <= MAX_PATH ? path : `…${path.slice(1 - MAX_PATH)}`
  return codeSpan(`${shown.replace(/^…[\uDC00-\uDFFF]/, '…')}:${line}`)
}

/**
 * A suggestion is code that one click commits, so it is offered as such only where it replaces the
 * very lines it was made for, and where everything in it can be seen. A workflow is never changed
 * by a click.
 */
function fenceOf({ suggestion, placement, side, path }: Finding): string {
  const text = suggestion ?? ''
  const visible = !hasHidden(text) && !text.includes(REDACTED)
  const fits = placement === 'line' && side === 'RIGHT' && !path.startsWith('.github/')
  return visible && fits ? 'suggestion' : ''
}

function labelled(label: string, text: string): string {
  return text.includes('\n\n') || text.startsWith('`') || /^[-*+\d]/.test(text)
    ? `**${label}**\n\n${text}`
    : `**${label}:** ${text}`
}

function proofWords(finding: Finding): string {
  if (finding.source === 'agent') return 'judged by the lead'
  const rule = finding.rule === null ? 'a rule' : `rule \`${finding.rule}\``
  return `${proofVerb(finding)} by ${rule}`
}

function evidenceWords(finding: Finding): string {
  const places = finding.evidence.slice(0, 6).map((e) => {
    const side = e.side === 'LEFT' ? ' (before)' : ''
    return `${placeOf(e)}${side}`
  })
  const more = finding.evidence.length > 6 ? ` and ${finding.evidence.length - 6} more` : ''
  return `\`${finding.id}\` · evidence: ${places.join(', ')}${more}`
}

/** Without the code parts, each text in one line: a cut fence would hide what follows. */
function shortened(finding: Finding, webUrl: string): string {
  const cut = (text: string) => safeInline(clip(text, MAX_TEXT), webUrl)
  return [
    `**${cut(finding.title)}**`,
    `${finding.severity} · ${finding.class} · ${proofWords(finding)}`,
    cut(finding.body),
    `**When it breaks:** ${cut(finding.scenario)}`,
    `**Fix:** ${cut(finding.fix)}`,
    `<sub>${evidenceWords(finding)}</sub>`,
  ].join('\n\n')
}

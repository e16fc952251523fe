import type { Finding } from '#core/findings/finding'
import { proofVerb } from '#core/findings/guess'
import { citedPlace } from '#core/render/cited'
import { fitParts } from '#core/render/fit-parts'
import { codeBlock, codeSpan, safeInline, safeMarkdown } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'

/** A page that says why something is a problem; ours, so that it may be linked. */
export interface Source {
  readonly address: string
  /** The day on which somebody read it; null where nobody wrote that down. */
  readonly checked: string | null
}

/** What `explain` speaks about. */
export interface Explained {
  readonly finding: Finding
  readonly webUrl: string
  /** The commits of the review that found it. */
  readonly base: string
  readonly head: string
  /** Whether the newest review of the pull request still has it. */
  readonly current: boolean
  readonly sources: readonly Source[]
}

const MAX_EVIDENCE = 8
const MAX_LINE = 300

/** One finding in full: when it breaks, on which lines it rests, the fix, and where to read on. */
export function explainFinding(parts: Explained): string {
  const { finding, webUrl, current } = parts
  return fitParts([
    `**${safeInline(finding.title, webUrl)}** (\`${finding.id}\`)`,
    `${finding.severity} · ${finding.class} · ${sureness(finding)}${current ? '' : ' · **no longer found at the newest head**'}`,
    safeMarkdown(finding.body, webUrl),
    `**When it breaks.** ${safeMarkdown(finding.scenario, webUrl)}`,
    evidence(parts),
    `**Fix.** ${safeMarkdown(finding.fix, webUrl)}`,
    finding.suggestion === null ? '' : codeBlock(finding.suggestion, ''),
    sources(parts.sources),
  ])
}

/** The answer where no finding, or more than one, begins with what was written. */
export function noFinding(written: string, ids: readonly string[]): string {
  const shown = codeSpan(written)
  if (ids.length === 0)
    return `No finding of this pull request begins with ${shown}. The ids stand at the end of each comment and in the summary. Old reviews are forgotten; \`/tech-lead review\` makes a new one.`
  return `${ids.length} findings begin with ${shown}: ${ids.slice(0, 6).map(codeSpan).join(', ')}. Write more of the one you mean.`
}

function sureness(finding: Finding): string {
  const { source, rule, proof } = finding
  if (source === 'agent') return 'judged by the lead, which can be wrong'
  const by = `${proofVerb(finding)} by ${rule === null ? 'a rule' : `the rule ${codeSpan(rule)}`}`
  return proof === 'proven' ? by : `${by}; a person has to judge it`
}

function evidence({ finding, webUrl, base, head }: Explained): string {
  const shown = finding.evidence.slice(0, MAX_EVIDENCE)
  const lines = shown.map((one) => {
    const place = citedPlace(one, { webUrl, base, head })
    const before = one.side === 'LEFT' ? ' (before the change)' : ''
    return `- ${place}${before}: ${codeSpan(clip(one.text.trim(), MAX_LINE))}`
  })
  const left = finding.evidence.length - shown.length
  const more = left > 0 ? [`- and ${left} more`] : []
  return ['**Evidence.**', ...lines, ...more].join('\n')
}

function sources(all: readonly Source[]): string {
  if (all.length === 0) return ''
  const lines = all.map(({ address, checked }) => {
    const read = checked === null ? '' : ` (read on ${checked})`
    return `- <${address}>${read}`
  })
  return ['**Sources.**', ...lines].join('\n')
}

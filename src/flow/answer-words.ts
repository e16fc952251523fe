import type { Refuted } from '#core/agent/refutation'
import type { Evidence, Finding } from '#core/findings/finding'
import { Advice } from '#core/report/advice'
import type { Report } from '#core/report/report'
import type { Suppressed } from '#core/rules/suppression'
import { redact } from '#core/text/redact'
import type { AgentOutcome } from '#flow/ask-agent'
import type { RefusedFinding } from '#flow/refused-findings'

type Answered = Extract<AgentOutcome, { kind: 'answered' }>

/** What comments in the code silence stays in sight: a reader of the review can object. */
export function suppressionNotes(suppressed: readonly Suppressed[]): readonly string[] {
  return suppressed.map(
    ({ claim, reason, line }) =>
      `${claim.rule ?? claim.class} at ${claim.path}:${claim.line} is ignored by the comment in line ${line}: ${redact(reason).text}`,
  )
}

/**
 * What of the answer is not said as a finding, and why: earlier findings that the agent showed to be
 * mended, evidence that it refuted, findings that a second opinion refuted, reports that
 * could not be taken, and that there was no second opinion.
 */
export function answerNotes(
  answered: Answered | null,
  earlier: readonly Finding[],
): readonly string[] {
  if (answered === null) return []
  const { dismissed, mended, refused, refuted, unchecked, claims } = answered
  return [
    ...mended.flatMap((one) => mendedWords(one, earlier)),
    ...dismissed.map((one) => refutedWords(one.claim.rule ?? one.claim.class, one)),
    ...refuted.map((one) => refutedWords(`${one.claim.class} finding "${one.claim.title}"`, one)),
    ...refusedWords(refused),
    ...(unchecked === null || claims.length === 0
      ? []
      : [`The findings of the lead had no second opinion: ${unchecked}`]),
  ]
}

function mendedWords(
  { finding: id, reason, evidence }: Answered['mended'][number],
  earlier: readonly Finding[],
): readonly string[] {
  const finding = earlier.find((one) => one.id === id)
  if (finding === undefined) return []
  const kept = finding.severity === 'critical' ? ', and kept because it is critical' : ''
  return [
    `finding "${finding.title}" at ${finding.path}:${finding.line} was shown to be mended (${placesOf(evidence)})${kept}: ${reason}`,
  ]
}

function refutedWords(name: string, { claim, reason, evidence }: Refuted): string {
  const kept = claim.severity === 'critical' ? 'kept because it is critical' : 'left out'
  return `${name} at ${claim.path}:${claim.line} was refuted (${placesOf(evidence)}) and ${kept}: ${reason}`
}

/** Reports that are named one by one; of more there is only the number. */
const MAX_NAMED = 5

function refusedWords(refused: readonly RefusedFinding[]): readonly string[] {
  const named = refused
    .slice(0, MAX_NAMED)
    .map(
      ({ title, path, because }) =>
        `a report of the lead could not be taken and is left out: "${title}" in ${path} (${because})`,
    )
  const more = refused.length - named.length
  return more > 0 ? [...named, `${more} more reports of the lead are left out like these`] : named
}

function placesOf(evidence: readonly Evidence[]): string {
  return evidence.map(({ path, line }) => `${path}:${line}`).join(', ')
}

/** The model's closing words as data, masked; its prose about the whole is left out. */
export function adviceOf(answered: Answered | null, secrets: readonly string[]): Report['advice'] {
  const closing = answered?.closing ?? null
  if (closing === null) return null
  const { risk, complexity, diagram, failure_modes: failureModes, plan } = closing
  const advice = { risk, complexity, sequence: diagram ?? null, failureModes, plan }
  return Advice.parse(maskedDeep(advice, secrets))
}

function maskedDeep(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redact(value, secrets).text
  if (Array.isArray(value)) return value.map((one: unknown) => maskedDeep(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, maskedDeep(one, secrets)])
  return Object.fromEntries(entries)
}

import type { AnswerInput, DesignInput, DiagnoseInput, WeighInput } from '#core/agent/closing-tools'
import type { Evidence } from '#core/findings/finding'
import { sequenceDiagram } from '#core/render/advice-section'
import { type CitedAt, citedPlaces } from '#core/render/cited'
import { fitParts } from '#core/render/fit-parts'
import { codeBlock, codeSpan, safeInline, safeMarkdown } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'

const NOT_CERTAIN = '<sub>Judged by the lead, which can be wrong.</sub>'

/** The answer to `ask`, with the lines that show it. */
export function askedAnswer(
  input: AnswerInput,
  evidence: readonly Evidence[],
  at: CitedAt,
): string {
  return fitParts([safeMarkdown(input.answer, at.webUrl), seenIn(evidence, at)], NOT_CERTAIN)
}

function seenIn(evidence: readonly Evidence[], at: CitedAt): string {
  return evidence.length === 0 ? '' : `Seen in ${citedPlaces(evidence, at)}.`
}

/** The answer to `design`: options, recommendation, drawing, failure points and plan. */
export function designAnswer(
  input: DesignInput,
  evidence: readonly Evidence[],
  at: CitedAt,
  context: readonly string[],
): string {
  const { webUrl } = at
  const safe = (text: string) => safeInline(text, webUrl)
  const { option, why } = input.recommendation
  return fitParts(
    [
      safeMarkdown(input.summary, webUrl),
      `**Recommended: ${safe(option)}.** ${safe(why)} Complexity **${input.complexity}**, risk **${input.risk}**.`,
      options(input, safe),
      codeBlock(sequenceDiagram(input.diagram), 'mermaid'),
      failurePoints(input),
      plan(input, safe),
      listed('Open questions', input.open_questions, safe),
      seenIn(evidence, at),
      folded('What this builds on', context),
    ],
    NOT_CERTAIN,
  )
}

type Safe = (text: string) => string

const WAYS = { build: 'build it', buy: 'buy it', both: 'buy the core, build the rest' } as const

function options({ options: all }: DesignInput, safe: Safe): string {
  return all
    .map(({ name, how, build_or_buy: way, gains, costs }) =>
      [
        `- **${safe(name)}** (${WAYS[way]}): ${safe(how)}`,
        ...gains.map((text) => `  - ➕ ${safe(text)}`),
        ...costs.map((text) => `  - ➖ ${safe(text)}`),
      ].join('\n'),
    )
    .join('\n')
}

function failurePoints({ failure_points: points }: DesignInput): string {
  const cell = (text: string) => codeSpan(clip(text, 200)).replaceAll('|', '\\|')
  const rows = points.map(
    ({ where, failure, effect, mitigation }) =>
      `| ${[where, failure, effect, mitigation].map(cell).join(' | ')} |`,
  )
  return ['| where | what fails | effect | mitigation |', '|---|---|---|---|', ...rows].join('\n')
}

function plan({ plan: phases }: DesignInput, safe: Safe): string {
  return phases
    .map(({ phase, steps }, index) =>
      [`${index + 1}. **${safe(phase)}**`, ...steps.map((step) => `   - ${safe(step)}`)].join('\n'),
    )
    .join('\n')
}

const CHANCES = { likely: 'likely', possible: 'possible', unlikely: 'unlikely' } as const

/** The answer to `diagnose`: what to do first, then the causes, the most likely first. */
export function diagnoseAnswer(
  input: DiagnoseInput,
  evidence: readonly (readonly Evidence[])[],
  at: CitedAt,
  context: readonly string[],
): string {
  const safe = (text: string) => safeInline(text, at.webUrl)
  const causes = input.hypotheses.map((one, index) => {
    const seen = citedPlaces(evidence[index] ?? [], at)
    return [
      `${index + 1}. **${safe(one.cause)}** (${CHANCES[one.likelihood]}). ${safe(one.why)}`,
      `   - Check: ${safe(one.check)}`,
      `   - Fix: ${safe(one.fix)}`,
      ...(seen === ''
        ? ['   - No line of the repository supports it yet.']
        : [`   - Seen in ${seen}`]),
    ].join('\n')
  })
  return fitParts(
    [
      safeMarkdown(input.summary, at.webUrl),
      `**First:** ${safe(input.first)}`,
      causes.join('\n'),
      listed('What would help to know', input.missing, safe),
      folded('What is known without a model', context),
    ],
    NOT_CERTAIN,
  )
}

function listed(title: string, items: readonly string[], safe: Safe): string {
  return items.length === 0
    ? ''
    : [`**${title}:**`, '', ...items.map((item) => `- ${safe(item)}`)].join('\n')
}

function folded(title: string, parts: readonly string[]): string {
  return parts.length === 0
    ? ''
    : `<details><summary>${title}</summary>\n\n${parts.join('\n\n')}\n\n</details>`
}

/** The answer to a question where no model answered: what is known, and plainly that it is not all. */
export function withoutModel(because: string, lacking: string, context: readonly string[]): string {
  return fitParts([...context, `${lacking} ${because}`])
}

/** What is said in a thread after an objection was weighed. */
export function weighedAnswer(
  { verdict, reason, id }: Pick<WeighInput, 'verdict' | 'reason'> & { readonly id: string },
  evidence: readonly Evidence[],
  at: CitedAt,
  critical: boolean,
): string {
  const words = safeMarkdown(reason, at.webUrl)
  const seen = seenIn(evidence, at)
  if (verdict === 'stand') {
    return fitParts(
      [`I would keep this one. ${words}`, seen],
      `<sub>That is all I have to say about it: the decision is yours. \`/tech-lead dismiss ${id} <reason>\` accepts it as it is.</sub>`,
    )
  }
  const stays = critical
    ? 'It is critical, so that it stays listed in the check; the thread is closed.'
    : 'I withdraw this finding.'
  return fitParts([`You are right. ${words}`, seen, stays])
}

/** What is said in a thread where nobody can weigh an objection. */
export function notWeighed(id: string, because: string): string {
  return `I cannot weigh this: ${because} If the finding does not apply here, \`/tech-lead dismiss ${id} <reason>\` says so for later reviews too.`
}

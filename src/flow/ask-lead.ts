import type { QuestionPart } from '#core/agent/build-question'
import type { ClosingTool } from '#core/agent/closing-tools'
import { resolveModel } from '#core/agent/models'
import type { Evidence } from '#core/findings/finding'
import { Problem } from '#core/problem'
import { withheldBecause } from '#core/settings/model-policy'
import { redact } from '#core/text/redact'
import type { AnswerNeeds, QuestionOf } from '#flow/answering'
import { askQuestion } from '#flow/ask-question'
import type { Trusted } from '#flow/gather'
import type { Contents } from '#flow/ports'

/** One question to the lead. */
export interface LeadQuestion<I> {
  readonly trusted: Trusted
  readonly contents: Contents
  readonly task: string
  readonly parts: readonly QuestionPart[]
  readonly closing: ClosingTool<I>
  /** When the question was first asked, in milliseconds since the epoch. */
  readonly since: number
  readonly signal: AbortSignal
}

/** What the lead said; `because` is a sentence that says why it said nothing. */
export type LeadAnswer<I> =
  | {
      readonly kind: 'answered'
      readonly input: I
      readonly evidence: readonly (readonly Evidence[])[]
    }
  | { readonly kind: 'none'; readonly because: string }

/** How long a question sleeps before the model is asked again. */
const RETRY_MS = 30_000

/**
 * Asks the model, where there is one that may be asked about the repository.
 *
 * @throws Problem `model.unavailable` (retry) while the model may still answer
 */
export async function askLead<I>(
  needs: AnswerNeeds,
  job: QuestionOf,
  question: LeadQuestion<I>,
): Promise<LeadAnswer<I>> {
  if (needs.questions === null) return none('This installation has none.')
  const { settings, agent, memory } = question.trusted
  const withheld = withheldBecause(settings, needs.operator.modelGranted(job.repository))
  if (withheld !== null) return none(withheld)
  const world = await needs.questions(job, settings)
  const outcome = await askQuestion(
    { ...world, scan: needs.scan },
    {
      ...question,
      agentBody: agent.body,
      memoryIndex: memory.promptText,
      model: resolveModel(needs.operator.model ?? agent.header.model),
      delimiter: world.delimiter,
      redact: (text) => redact(text, needs.secrets).text,
    },
  )
  switch (outcome.kind) {
    case 'answered':
      return outcome
    case 'failed':
      return none(`It was asked and gave nothing that can be shown: ${outcome.because}.`)
    case 'unavailable': {
      if (needs.clock.now() - question.since > needs.modelWaitMs)
        return none('It could not be reached.')
      const retryAfterMs = outcome.retryAfterMs ?? RETRY_MS
      throw new Problem('model.unavailable', 'retry', outcome.because, { retryAfterMs })
    }
  }
}

function none(because: string): { readonly kind: 'none'; readonly because: string } {
  return { kind: 'none', because }
}

import { ADVISE_DESIGN, type ClosingTool, DIAGNOSE_SYMPTOM } from '#core/agent/closing-tools'
import type { Evidence } from '#core/findings/finding'
import type { CitedAt } from '#core/render/cited'
import { concernedSections } from '#core/render/concerned-section'
import { designAnswer, diagnoseAnswer, withoutModel } from '#core/render/question-answers'
import type { Answer, AnswerNeeds, Asked } from '#flow/answering'
import { askLead } from '#flow/ask-lead'
import { concerning } from '#flow/concerning'

/** Architecture advice: what is known of the words first, then what the lead makes of it. */
export const answerDesign: Answer = (needs, asked) =>
  advise(needs, asked, {
    closing: ADVISE_DESIGN,
    task: 'Give advice on the architecture that is asked for. Context first: build on what the repository has, on what its memory says and on what the providers document. Compare at least two options honestly, buying among them. Then call advise_design.',
    render: (input, [evidence = []], at, context) => designAnswer(input, evidence, at, context),
    lacking: 'Options with their trade-offs and a plan need a model.',
  })

/** Causes of a symptom, in the order of their likelihood. */
export const answerDiagnose: Answer = (needs, asked) =>
  advise(needs, asked, {
    closing: DIAGNOSE_SYMPTOM,
    task: 'Find the causes that this symptom may have. Be systematic: what was answered, when, how often, in which order; timeouts, retries, races, authentication, limits. Look at the code for each cause, then call diagnose_symptom.',
    render: diagnoseAnswer,
    lacking: 'Causes in the order of their likelihood need a model.',
  })

interface Advice<I> {
  readonly closing: ClosingTool<I>
  readonly task: string
  readonly render: (
    input: I,
    evidence: readonly (readonly Evidence[])[],
    at: CitedAt,
    context: readonly string[],
  ) => string
  readonly lacking: string
}

async function advise<I>(
  needs: AnswerNeeds,
  asked: Asked,
  { closing, task, render, lacking }: Advice<I>,
): Promise<string> {
  const words = asked.command.text ?? ''
  const concerned = await concerning(needs, asked, words)
  const today = new Date(needs.clock.now()).toISOString().slice(0, 10)
  const context = concernedSections({ ...concerned, today })
  const answer = await askLead(needs, asked.job, {
    ...{ closing, task, since: asked.since, signal: asked.signal },
    trusted: concerned.trusted,
    contents: concerned.contents,
    parts: [
      { label: 'what deterministic checks know about it', text: context.join('\n\n') },
      { label: 'the question', text: words },
    ],
  })
  if (answer.kind === 'none') return withoutModel(answer.because, lacking, context)
  const { webUrl } = asked.pull
  const at = { webUrl, base: concerned.commit, head: concerned.commit }
  return render(answer.input, answer.evidence, at, context)
}

import * as z from 'zod'
import { FinishReviewInput } from '#core/agent/tool-inputs'

const words = (most: number) => z.string().trim().min(1).max(most)
const citation = z.strictObject({
  path: words(1_000).describe('path relative to the repository root'),
  anchor: z.string().min(4).max(20).describe('an anchor exactly as shown, such as R12:a3f'),
})
const citations = (least: number, most: number) => z.array(citation).min(least).max(most)
const Level = z.enum(['low', 'medium', 'high'])

/** A place of the repository that is named as the reason for something. */
export type Citation = z.infer<typeof citation>

/** The one tool by which a question is answered, once. */
export interface ClosingTool<I> {
  readonly name: string
  readonly says: string
  readonly input: z.ZodType<I>
  /** The lines that an answer rests on, in the groups in which they are shown. */
  readonly citations: (input: I) => readonly (readonly Citation[])[]
}

const AnswerInput = z.strictObject({
  answer: words(4_000).describe('the answer, plain and short, in a few paragraphs or bullets'),
  citations: citations(1, 8).describe('the lines that show it'),
})
export type AnswerInput = z.infer<typeof AnswerInput>

/** Answers a question about a pull request. */
export const ANSWER_QUESTION: ClosingTool<AnswerInput> = {
  name: 'answer_question',
  says: 'Answers the question, with the lines that show it. Call it once. If the code does not say, answer so and cite where you looked.',
  input: AnswerInput,
  citations: (input) => [input.citations],
}

const DesignInput = z.strictObject({
  summary: words(1_000).describe(
    'the problem as you understand it, and what the code at hand means for it',
  ),
  options: z
    .array(
      z.strictObject({
        name: words(80),
        how: words(800).describe('how it works, with named services, libraries and components'),
        build_or_buy: z.enum(['build', 'buy', 'both']),
        gains: z.array(words(240)).min(1).max(5),
        costs: z.array(words(240)).min(1).max(5),
      }),
    )
    .min(2)
    .max(4),
  recommendation: z.strictObject({
    option: words(80).describe('the name of one of the options'),
    why: words(800),
  }),
  diagram: FinishReviewInput.shape.diagram
    .unwrap()
    .describe('who speaks to whom in the recommended option, failures and retries included'),
  failure_points: z
    .array(
      z.strictObject({
        where: words(120),
        failure: words(240),
        effect: words(240),
        mitigation: words(300),
      }),
    )
    .min(1)
    .max(10),
  plan: z
    .array(z.strictObject({ phase: words(120), steps: z.array(words(300)).min(1).max(8) }))
    .min(1)
    .max(6),
  complexity: Level,
  risk: Level,
  open_questions: z.array(words(240)).max(6).default([]),
  citations: citations(0, 8).describe('lines of the repository that the advice builds on'),
})
export type DesignInput = z.infer<typeof DesignInput>

/** Gives advice on an architecture. */
export const ADVISE_DESIGN: ClosingTool<DesignInput> = {
  name: 'advise_design',
  says: 'Gives the advice: options with their trade-offs, what to build and what to buy, a recommendation, its failure points and a plan in phases. Call it once.',
  input: DesignInput,
  citations: (input) => [input.citations],
}

const DiagnoseInput = z.strictObject({
  summary: words(600).describe('the symptom as you understand it'),
  hypotheses: z
    .array(
      z.strictObject({
        cause: words(240),
        why: words(800).describe('how this cause makes this symptom'),
        likelihood: z.enum(['likely', 'possible', 'unlikely']),
        check: words(600).describe(
          'how to tell it from the others: a query, a log line, a request',
        ),
        fix: words(600),
        citations: citations(0, 6).describe('lines of the repository that support it'),
      }),
    )
    .min(1)
    .max(6)
    .describe('the most likely first'),
  first: words(400).describe('what to do now'),
  missing: z.array(words(240)).max(6).default([]).describe('what you would need to know'),
})
export type DiagnoseInput = z.infer<typeof DiagnoseInput>

/** Gives the causes that a symptom may have. */
export const DIAGNOSE_SYMPTOM: ClosingTool<DiagnoseInput> = {
  name: 'diagnose_symptom',
  says: 'Gives the possible causes in the order of their likelihood, and how to check each. Call it once.',
  input: DiagnoseInput,
  citations: (input) => input.hypotheses.map((one) => one.citations),
}

const WeighInput = z.strictObject({
  verdict: z
    .enum(['withdraw', 'stand', 'no-objection'])
    .describe(
      'withdraw: the objection is right; stand: the code shows that the finding holds; no-objection: thanks, a question, or nothing about whether it is right',
    ),
  reason: words(1_200).describe('why, in a few sentences; new evidence, not the finding again'),
  citations: citations(0, 6).describe('lines that show it; at least one unless it is no objection'),
})
export type WeighInput = z.infer<typeof WeighInput>

/** Weighs what somebody said against a finding. */
export const WEIGH_OBJECTION: ClosingTool<WeighInput> = {
  name: 'weigh_objection',
  says: 'Says whether the objection or the finding is right, with the lines that show it. Call it once.',
  input: WeighInput,
  citations: (input) => [input.citations],
}

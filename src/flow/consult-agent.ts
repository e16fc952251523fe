import type { Claim, Finding } from '#core/findings/finding'
import type { CarriedState, WaitingLearning } from '#core/plan/plan'
import type { Report } from '#core/report/report'
import type { Ask } from '#flow/ask'
import { type AgentOutcome, askAgent } from '#flow/ask-agent'
import { isWorthAsking } from '#flow/ask-parts'
import type { TurnNeeds } from '#flow/ask-turn'
import { digestsOf, type Earlier, filesToJudge, goOn, termsKey } from '#flow/earlier-review'
import type { Model } from '#flow/model-port'
import type { Scan } from '#flow/ports'
import { narrowed, type QuestionFrom, type QuestionNeeds, questionOf } from '#flow/question'

/** What is known of a pull request from before. */
export interface Known {
  /** Facts that wait for it to merge. */
  readonly waiting: readonly WaitingLearning[]
  readonly earlier: Earlier | null
  /** Whether what was judged before and is as it was may be left alone. */
  readonly incremental: boolean
}

interface ConsultNeeds extends Omit<TurnNeeds, 'model'>, QuestionNeeds {
  /** Null without a key: then nobody is asked. */
  readonly model: Model | null
  readonly scan: Pick<Scan, 'search' | 'syntaxErrors'>
  readonly tool: Report['tool']
  readonly onQuestion?: (question: Ask) => Promise<void>
}

/** What the agent said, together with what it had said before. */
interface Consulted {
  /** The model that answered, or would be asked. */
  readonly model: string
  /** Null where nobody was asked. */
  readonly asked: AgentOutcome | null
  readonly answered: Extract<AgentOutcome, { kind: 'answered' }> | null
  readonly going: ReturnType<typeof goOn>
  /** What was said of the whole before, where nothing had to be asked again. */
  readonly standingAdvice: Report['advice']
  readonly carried: Pick<CarriedState, 'key' | 'digests' | 'firstPaths'>
}

/** The agent's own: what a rule found, it finds again or not. */
const isOpen = ({ source, preExisting }: Finding) => source === 'agent' && !preExisting

/**
 * Asks the agent about what is new since it was last asked, and joins its answer with what it said
 * before and nobody has mended.
 */
export async function consultAgent(
  needs: ConsultNeeds,
  found: Omit<QuestionFrom, 'earlier'>,
  { earlier, incremental }: Known,
): Promise<Consulted> {
  const { gathered, scope, integrations } = found
  const open = earlier === null ? [] : earlier.report.findings.filter(isOpen)
  const whole = questionOf(needs, { ...found, earlier: open })
  const key = termsKey({ ...gathered, model: whole.model, tool: needs.tool })
  const digests = digestsOf(scope, integrations.after)
  const again = filesToJudge(incremental ? earlier : null, scope, { key, digests })
  const isSettled = again.size === 0 && scope.files.length > 0
  const question = again.size === scope.files.length ? whole : narrowed(whole, again)
  await needs.onQuestion?.(question)
  const { model } = needs
  const { contents } = gathered.snapshot
  const asked =
    model === null || isSettled || !isWorthAsking(question)
      ? null
      : await askAgent({ ...needs, model, contents }, question)
  const answered = asked?.kind === 'answered' ? asked : null
  const claims: readonly Claim[] = answered?.claims ?? []
  const going = goOn(earlier, claims, { scope, code: integrations.after, answered })
  const others = answered?.answeredBy ?? []
  return {
    model: others.length === 0 ? whole.model : others.join(', '),
    ...{ asked, answered, going },
    standingAdvice: isSettled ? (earlier?.report.advice ?? null) : null,
    carried: {
      key: model === null || asked?.kind === 'unavailable' ? '' : key,
      digests: Object.fromEntries(digests),
      firstPaths: Object.fromEntries(going.firstPaths),
    },
  }
}

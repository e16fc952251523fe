import type { FileDiff } from '#core/diff/diff'
import type { Catalog } from '#core/providers/catalog'
import { runChangeRules } from '#core/rules/run-change-rules'
import { applySuppressions } from '#core/rules/suppression'
import { type CheckNeeds, checkRules, type RuleCheck, type RuleResult } from '#flow/check-rules'
import { type IntegrationDelta, integrationDelta } from '#flow/integration-delta'
import type { Contents } from '#flow/ports'

/** A change to be judged. */
export interface ChangeToJudge extends RuleCheck {
  /** All changed files, those that are not reviewed too: a protection may have moved there. */
  readonly changed: readonly FileDiff[]
}

/** What the rules say of a change, and what it does to the integrations. */
export interface Judged {
  readonly ruled: RuleResult
  readonly integrations: IntegrationDelta
}

/**
 * Judges a change without a model: the code as it stands by the rules, the integrations before and
 * after, and by both what the change takes away.
 */
export async function judgeChange(
  needs: CheckNeeds & {
    readonly catalog: Catalog
    readonly contents: Pick<Contents, 'read' | 'list'>
  },
  input: ChangeToJudge,
): Promise<Judged> {
  const [ruled, integrations] = await Promise.all([
    checkRules(needs, input),
    integrationDelta({ ...needs, providers: input.providers }, input),
  ])
  const { before, after, matrix } = integrations
  const standing = [...ruled.claims, ...ruled.preExisting]
  const lost = runChangeRules({ ...input, before, after, matrix, standing })
  const kept = applySuppressions(lost, after.files)
  return {
    integrations,
    ruled: {
      ...ruled,
      claims: [...ruled.claims, ...kept.standing],
      suppressed: [...ruled.suppressed, ...kept.suppressed],
    },
  }
}

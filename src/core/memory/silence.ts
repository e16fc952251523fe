import type { FileDiff } from '#core/diff/diff'
import type { Claim, FindingClass } from '#core/findings/finding'
import { concerns } from '#core/memory/decision'
import type { DecisionInForce } from '#core/memory/recall'
import { configuredSeverity, type Settings } from '#core/settings/settings'

interface SilenceInput {
  readonly files: readonly FileDiff[]
  readonly settings: Settings
  readonly classes: ReadonlyMap<string, FindingClass>
}

/** A claim that a decision silences. */
export interface Silenced {
  readonly claim: Claim
  readonly decision: DecisionInForce
}

/**
 * Parts the claims that stand from those that a maintainer has accepted. A critical one always
 * stands, by the rule's word or by the settings'; `kept` says so to those who accepted it. What was
 * accepted of a rule is accepted of the agent too, which speaks of the rule's class.
 *
 * @param classes the class of each rule
 */
export function silence(
  claims: readonly Claim[],
  decisions: readonly DecisionInForce[],
  { files, settings, classes }: SilenceInput,
): {
  readonly standing: readonly Claim[]
  readonly silenced: readonly Silenced[]
  readonly kept: readonly Silenced[]
} {
  const names = new Map(files.map((file) => [file.path, [file.path, file.previousPath ?? '']]))
  const judged = claims.map((claim) => {
    const paths = names.get(claim.path) ?? [claim.path]
    const decision = decisions.find((one) => means(one, claim, paths, classes)) ?? null
    const critical =
      claim.severity === 'critical' ||
      configuredSeverity(settings, claim.rule, claim.class) === 'critical'
    return { claim, decision, critical }
  })
  const of = (critical: boolean) =>
    judged.flatMap((one) =>
      one.decision !== null && one.critical === critical
        ? [{ claim: one.claim, decision: one.decision }]
        : [],
    )
  return {
    standing: judged.flatMap((one) => (one.decision === null || one.critical ? [one.claim] : [])),
    silenced: of(false),
    kept: of(true),
  }
}

function means(
  decision: DecisionInForce,
  claim: Claim,
  paths: readonly string[],
  classes: ReadonlyMap<string, FindingClass>,
): boolean {
  if (concerns(decision, claim, paths)) return true
  const named = claim.rule === null ? classes.get(decision.rule) : undefined
  return named === claim.class && concerns({ ...decision, rule: named }, claim, paths)
}

import { atLeast, type Claim, compareSeverity, type Finding } from '#core/findings/finding'
import { placeClaims } from '#core/findings/place-claims'
import { DEFAULT_SETTINGS } from '#core/settings/settings'

/** One kind of defect that stands in the code today, and every place where it does. */
export interface Risk {
  /** The place that is told in full. */
  readonly finding: Finding
  /** The same in other places. */
  readonly others: readonly Finding[]
}

/**
 * What rules found in a whole tree, one entry for each rule: the gravest first, what is proven
 * before what is judged, what stands in many places before what stands in one. Each is
 * `preExisting`, has no place on a diff, and is not worth a word below `medium`.
 */
export function groupRisks(claims: readonly Claim[]): readonly Risk[] {
  const findings = placeClaims(claims, [], DEFAULT_SETTINGS)
    .filter(({ severity }) => atLeast(severity, 'medium'))
    .map((finding): Finding => ({ ...finding, preExisting: true, placement: 'summary' }))
  const groups = [...Map.groupBy(findings, ({ rule, class: kind }) => rule ?? kind).values()]
  return groups
    .flatMap((group): Risk[] => {
      const [finding, ...others] = group.toSorted(byWeight)
      return finding === undefined ? [] : [{ finding, others }]
    })
    .sort((a, b) => byWeight(a.finding, b.finding) || b.others.length - a.others.length)
}

function byWeight(a: Finding, b: Finding): number {
  return compareSeverity(a.severity, b.severity) || certainty(a) - certainty(b) || fame(a) - fame(b)
}

const certainty = ({ proof }: Finding) => (proof === 'proven' ? 0 : 1)
/** A provider that people know tells them more than a host that only one file names. */
const fame = ({ provider }: Finding) => (provider === null ? 1 : 0)

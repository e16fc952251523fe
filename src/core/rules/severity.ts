import * as z from 'zod'
import type { Severity } from '#core/findings/finding'
import { isDoubtful, type TrackRecord } from '#core/rules/track-record'

/** What the defect costs when its scenario happens. */
export const Impact = z.enum(['severe', 'serious', 'moderate', 'slight'])
export type Impact = z.infer<typeof Impact>

/** How often the scenario happens once the code runs. */
export const Likelihood = z.enum(['expected', 'likely', 'possible', 'rare'])
export type Likelihood = z.infer<typeof Likelihood>

const TABLE: Readonly<Record<Impact, Readonly<Record<Likelihood, Severity>>>> = {
  severe: { expected: 'critical', likely: 'critical', possible: 'high', rare: 'medium' },
  serious: { expected: 'high', likely: 'high', possible: 'medium', rare: 'medium' },
  moderate: { expected: 'medium', likely: 'medium', possible: 'medium', rare: 'low' },
  slight: { expected: 'low', likely: 'low', possible: 'low', rare: 'low' },
}

/**
 * The severity of a rule. It is looked up, so that equal defects are called equally bad. What is
 * seen by a rule that is often wrong is low: most likely nothing happens at all.
 */
export function severityOf({
  impact,
  likelihood,
  record,
}: {
  readonly impact: Impact
  readonly likelihood: Likelihood
  readonly record: TrackRecord
}): Severity {
  return isDoubtful(record) ? 'low' : TABLE[impact][likelihood]
}

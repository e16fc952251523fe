import * as z from 'zod'
import type { Severity } from '#core/findings/finding'

/** What happens when the trigger occurs. */
export const Impact = z.enum(['severe', 'serious', 'moderate', 'minor'])
export type Impact = z.infer<typeof Impact>

/** How surely the trigger occurs in production. */
export const Likelihood = z.enum(['expected', 'possible', 'unlikely'])
export type Likelihood = z.infer<typeof Likelihood>

/** What the words mean; the reviewer reads these sentences. */
export const IMPACT_MEANS: Readonly<Record<Impact, string>> = {
  severe: 'money, data or accounts are lost or exposed, or strangers can act as somebody else',
  serious: 'a feature fails for customers, or data becomes wrong and must be repaired by hand',
  moderate: 'operation degrades, recovery needs attention, or a failure stays unseen',
  minor: 'a small cost for maintainers, or documentation that will mislead',
}

/** What the words mean; the reviewer reads these sentences. */
export const LIKELIHOOD_MEANS: Readonly<Record<Likelihood, string>> = {
  expected: 'normal operation brings it about: retries, restarts, timeouts, ordinary traffic',
  possible: 'it takes load, an outage, an attacker with some effort, or unusual data',
  unlikely: 'it takes several independent failures or privileged access',
}

const GRADES: Readonly<Record<Impact, Readonly<Record<Likelihood, Severity>>>> = {
  severe: { expected: 'critical', possible: 'high', unlikely: 'medium' },
  serious: { expected: 'high', possible: 'medium', unlikely: 'low' },
  moderate: { expected: 'medium', possible: 'low', unlikely: 'low' },
  minor: { expected: 'low', possible: 'low', unlikely: 'low' },
}

/** Severity is impact times likelihood, by a table: nobody grades by mood. */
export function gradeSeverity(impact: Impact, likelihood: Likelihood): Severity {
  return GRADES[impact][likelihood]
}

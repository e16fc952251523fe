import type { Severity } from '#core/findings/finding'
import type { ReviewRequest } from '#core/report/review-request'

// Written out, because reading them from the schemas would load a validator for `--help`.

/** The formats of a report. */
export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'html'] as const
export type Format = (typeof FORMATS)[number]

/** The formats of an inventory and a matrix. */
export const LOOK_FORMATS = ['text', 'json', 'markdown'] as const

/** The formats of an evaluation. */
export const EVAL_FORMATS = ['text', 'json'] as const

/** The formats of an export of the memory. */
export const MEMORY_FORMATS = ['json', 'markdown'] as const

/** The words of `--reviewer`. */
export const REVIEWERS = [
  'rules',
  'claude',
  'auto',
] as const satisfies readonly ReviewRequest['reviewer'][]

/** The words of `--fail-on`. */
export const LIMITS = ['critical', 'high', 'medium', 'low', 'never'] as const satisfies readonly (
  | Severity
  | 'never'
)[]

/** The words of `jobs list --state`. */
export const JOB_STATES = ['waiting', 'delayed', 'active', 'dead', 'done'] as const

import type { Fault } from '../../world/github/faults.ts'

/** The steps of a review that speak to GitHub, each with the request that it stands on. */
export const STEPS = {
  'opening the check': 'POST /repos/{owner}/{repo}/check-runs',
  'reading the pull request': 'query repository',
  'comparing the heads': 'GET /repos/{owner}/{repo}/compare/{basehead}',
  'posting the review': 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'posting the summary': 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'committing the memory': 'mutation createCommitOnBranch',
  'concluding the check': 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
} as const

export type Step = keyof typeof STEPS

/** Steps whose request changes something, so that a lost answer leaves open whether it did. */
export const WRITES: readonly Step[] = [
  'opening the check',
  'posting the review',
  'posting the summary',
  'committing the memory',
  'concluding the check',
]

/** How long an object that was made stays out of lists, in milliseconds; less than VISIBILITY. */
const HIDDEN_MS = 800

/** What goes wrong once and passes: the request had no effect. */
const PASSING: Readonly<Record<string, Fault>> = {
  'an answer 500': { kind: 'status', status: 500 },
  'an answer 503': { kind: 'status', status: 503 },
  'a cut connection': { kind: 'reset-before' },
  'no answer at all': { kind: 'hang' },
  'the page of a proxy': { kind: 'html200' },
  'a used-up limit': { kind: 'primary-limit', resetInSeconds: 1 },
  'a secondary limit': { kind: 'secondary-limit', retryAfter: 1 },
  'a refused token': { kind: 'unauthorized' },
}

/** What goes wrong once while the request takes effect. */
const AMBIGUOUS: Readonly<Record<string, Fault>> = {
  'an effect and an answer 502': { kind: 'persist-then-502', hideMs: HIDDEN_MS },
  'an effect and a cut connection': { kind: 'persist-then-reset', hideMs: HIDDEN_MS },
  'an effect and no answer': { kind: 'persist-then-hang' },
}

/** One cell of the matrix: a fault on the request of a step. */
export interface Cell {
  readonly name: string
  readonly step: Step
  readonly fault: Fault
}

function cellsOf(steps: readonly Step[], faults: Readonly<Record<string, Fault>>): readonly Cell[] {
  return steps.flatMap((step) =>
    Object.entries(faults).map(([name, fault]) => ({ name, step, fault })),
  )
}

const EVERY_STEP: readonly Step[] = [
  'opening the check',
  'reading the pull request',
  'comparing the heads',
  'posting the review',
  'posting the summary',
  'committing the memory',
  'concluding the check',
]

/** Every passing fault on every step, and every ambiguous one on every write. */
export const CELLS: readonly Cell[] = [
  ...cellsOf(EVERY_STEP, PASSING),
  ...cellsOf(WRITES, AMBIGUOUS),
]

/** The cells of the steps that people see the result of. */
export const VISIBLE_CELLS: readonly Cell[] = CELLS.filter(({ step }) => WRITES.includes(step))

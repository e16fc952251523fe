import type { Extent } from '#core/matrix/call-layer'
import { compareDeadline } from '#core/matrix/compare-budget'
import type { Moment } from '#core/matrix/delivery-moments'
import type { MomentKind } from '#core/matrix/delivery-signs'
import type { Budget, CallRow, Deadline, Station, Step } from '#core/matrix/matrix'
import type { ProviderFacts } from '#core/providers/provider'

/** What a step of a delivery is, for those moments that somebody takes part in. */
const DOES: Readonly<Partial<Record<MomentKind, Step['does']>>> = {
  verify: 'verify',
  claim: 'claim',
  look: 'look',
  store: 'store',
  enqueue: 'enqueue',
  acknowledge: 'acknowledge',
  process: 'work',
  'dead-letter': 'dead-letter',
}
/** More steps are no picture any more. */
const MAX_STEPS = 24

/**
 * What happens to a delivery, in order, one step for each line. Early ways out are left out: the
 * answer is the one that the row names.
 *
 * @param callAt the call to another system that stands at a line
 */
export function stepsOf(
  moments: readonly Moment[],
  answer: Pick<Station, 'path' | 'line'> | undefined,
  callAt: (path: string, line: number) => CallRow | null,
): Step[] {
  const steps = moments.flatMap(({ kind, path, line, deferred, remote }): readonly Step[] => {
    const does = DOES[kind]
    if (does === undefined) return []
    if (does === 'acknowledge' && (path !== answer?.path || line !== answer.line)) return []
    const call = remote ? callAt(path, line) : null
    return [{ does: call === null ? does : 'call', to: call?.name ?? null, path, line, deferred }]
  })
  const first = new Map<string, Step>()
  for (const step of steps) {
    const key = `${step.does === 'work' || step.does === 'call' ? 'work' : step.does}:${step.path}:${step.line}`
    const known = first.get(key)
    if (known === undefined || step.does === 'call') first.set(key, step)
  }
  return withAnswer([...first.values()], answer).slice(0, MAX_STEPS)
}

/** A handler that answers by ending answers all the same. */
function withAnswer(
  steps: readonly Step[],
  answer: Pick<Station, 'path' | 'line'> | undefined,
): Step[] {
  const { path = null, line = null } = answer ?? {}
  if (path === null || line === null || steps.some(({ does }) => does === 'acknowledge'))
    return [...steps]
  return [...steps, { does: 'acknowledge', to: null, path, line, deferred: false }]
}

/** The time before the answer, against what the sender waits, and how often one event may be worked on. */
export function deadlineOf(
  steps: readonly Step[],
  callAt: (path: string, line: number) => CallRow | null,
  { webhooks }: ProviderFacts,
): Deadline {
  const answered = steps.findIndex(({ does, deferred }) => does === 'acknowledge' && !deferred)
  const before = (answered < 0 ? steps : steps.slice(0, answered)).filter(
    ({ deferred }) => !deferred,
  )
  const budgets = before.flatMap((step) =>
    step.does === 'call' ? (callAt(step.path, step.line)?.budget ?? []) : [],
  )
  const answerMs = budgets.map((one) => one.answerMs ?? 0).reduce(sumOf, 0)
  const seconds = webhooks?.acknowledgementSeconds?.value ?? null
  return {
    seconds,
    answerMs,
    verdict: compareDeadline(answerMs, seconds),
    attempts: deliveriesOf(budgets, webhooks?.retries?.value.attempts),
  }
}

const sumOf = (a: Extent, b: Extent) => combined(a, b, (one, other) => one + other)

/** Two extents as one, by an operation that grows with both. */
function combined(a: Extent, b: Extent, by: (one: number, other: number) => number): Extent {
  if (a === 'endless' || b === 'endless') return 'endless'
  if (typeof a === 'number' && typeof b === 'number') return by(a, b)
  const one = typeof a === 'number' ? { least: a, most: a } : a
  const other = typeof b === 'number' ? { least: b, most: b } : b
  const isBounded = one.most !== null && other.most !== null
  return {
    least: by(one.least, other.least),
    most: isBounded ? by(one.most ?? 0, other.most ?? 0) : null,
  }
}

/** Each delivery may make all attempts of all calls before the answer again. */
function deliveriesOf(budgets: readonly Budget[], redeliveries: number | undefined): Extent {
  const deliveries: Extent =
    redeliveries === undefined ? { least: 1, most: null } : redeliveries + 1
  const attempts = budgets.map((one) => one.attempts).reduce(sumOf, budgets.length === 0 ? 1 : 0)
  return combined(deliveries, attempts, (one, other) => one * other)
}

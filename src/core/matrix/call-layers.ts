import { callBudget } from '#core/matrix/call-budget'
import type { CallLayer, Extent } from '#core/matrix/call-layer'
import { UNKNOWN } from '#core/matrix/call-layer'
import type { CallView } from '#core/matrix/call-view'
import type { Budget } from '#core/matrix/matrix'
import { countIn, millisecondsOf } from '#core/matrix/read-amounts'
import { type Region, textOf } from '#core/matrix/region'
import { retryAround, retryOf } from '#core/matrix/retry-cells'

const RETRIES =
  /\b(?:max_?(?:network_?)?retries|num_?retries|retries|retry_?(?:count|max|limit)|RetryMax|max_?retry|MaxRetryAttempts|retry)["']?\s*(?::|=>|=|\()\s*(\d+|[A-Za-z_]\w*)/gi
const ATTEMPTS =
  /\b(?:max_?(?:attempts|tries)|attempts|tries|stop_after_attempt|WithMaxAttempts|attempt\w*\s*(?:<=?|>=?|===?)|tries\w*\s*(?:<=?|>=?|===?)|range\(\s*(?:1\s*,)?|times\b|Attempts)["']?\s*(?::|=>|=(?!=)|\()?\s*(\d+|[A-Za-z_]\w*)/gi
const LIMIT =
  /\bAbortSignal\.timeout\(|(?<!\b(?:set|clear))(?<![\w])\w*time_?out\w*\b["']?\s*(?::|=>|=(?!=)|\()|\bWithTimeout\(\s*\w+\s*,/gi
/** Jobs that a queue runs again. */
const JOB =
  /\bsidekiq_options\b[^\n]*?\b(retry):\s*(\d+)|\b(retry_on)\b[^\n]*\battempts:\s*(\d+)|@(?:shared_task|\w*\.?task)\([^)]*\b(max_retries)\s*=\s*(\d+)|\bpublic\s+(?:int\s+)?\$(tries)\s*=\s*(\d+)/

/** The layers that repeat a call, innermost first, as far as the code shows their numbers. */
function layersOf(view: CallView): readonly CallLayer[] {
  const { unit } = view
  const near = unit.regions.filter(({ role }) => role === 'call' || role === 'client')
  const around = unit.regions.filter(
    ({ role }) => role === 'function' || role === 'wrapper' || role === 'caller',
  )
  return [
    {
      name: view.defaults?.name ?? view.callee,
      kind: 'call',
      retries: ownRetries(view, near),
      timeoutMs: limitOf(view, near),
      totalMs: null,
      backoff: { kind: 'unknown' },
    },
    ...wrapperLayer(view, around),
    ...queueLayer(around),
  ]
}

function ownRetries(view: CallView, near: readonly Region[]): Extent {
  const retries = countIn(near, RETRIES, 0)
  if (retries !== null) return retries
  const attempts = countIn(near, ATTEMPTS, 1)
  if (attempts !== null) return Math.max(0, attempts - 1)
  const role = retryOf(view)?.role
  if (role === 'call' || role === 'client') return { least: 1, most: null }
  return view.defaults?.retries ?? UNKNOWN
}

/** The limit of one attempt; null for none at all. */
function limitOf({ defaults, unit }: CallView, near: readonly Region[]): CallLayer['timeoutMs'] {
  const limits = near.flatMap((region) => {
    const text = textOf(region)
    return [...text.matchAll(LIMIT)].map(({ 0: match, index }) =>
      millisecondsOf(text.slice(index + match.length), unit.file.language),
    )
  })
  const [first] = limits.filter((ms) => ms !== null)
  if (first !== undefined) return first
  if (limits.length > 0 || unit.open || !unit.clientSeen) return UNKNOWN
  return defaults === null || defaults.timeoutMs === undefined ? UNKNOWN : defaults.timeoutMs
}

function wrapperLayer(view: CallView, around: readonly Region[]): readonly CallLayer[] {
  if (retryAround(view) === null) return []
  const attempts = countIn(around, ATTEMPTS, 2)
  const known = attempts === null ? countIn(around, RETRIES, 1) : Math.max(0, attempts - 1)
  return [
    {
      name: 'the retry around it',
      kind: 'wrapper',
      retries: known ?? { least: 1, most: null },
      timeoutMs: null,
      totalMs: null,
      backoff: { kind: 'unknown' },
    },
  ]
}

function queueLayer(around: readonly Region[]): readonly CallLayer[] {
  for (const region of around) {
    const match = JOB.exec(textOf(region))
    const [name, count] = match?.slice(1).filter((one) => one !== undefined) ?? []
    if (name === undefined || count === undefined) continue
    const isAttempts = name === 'retry_on' || name === 'tries'
    return [
      {
        name: 'the queue',
        kind: 'queue',
        retries: Math.max(0, Number(count) - (isAttempts ? 1 : 0)),
        timeoutMs: null,
        totalMs: null,
        backoff: { kind: 'unknown' },
      },
    ]
  }
  return []
}

/** How often a call may reach the other side and how long whoever waits for it may wait. */
export function budgetOf(view: CallView): Budget {
  const layers = layersOf(view)
  const { attempts, answerMs } = callBudget(layers)
  return {
    attempts,
    answerMs,
    layers: layers.map(({ name, kind, retries, timeoutMs }) => ({
      name,
      kind,
      retries,
      timeoutMs,
    })),
  }
}

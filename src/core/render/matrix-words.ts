import type {
  CallColumn,
  CellState,
  DeliveryState,
  HandlerColumn,
  IdempotencyClass,
  Matrix,
  Station,
} from '#core/matrix/matrix'
import { countWords } from '#core/render/verdict'

/** How people call a protection, and in a few letters for a narrow column. */
export interface ColumnWords {
  readonly name: string
  readonly short: string
}

export const CALL_WORDS: Readonly<Record<CallColumn, ColumnWords>> = {
  timeout: { name: 'timeout', short: 'time' },
  retry: { name: 'retry', short: 'retry' },
  backoff: { name: 'backoff and jitter', short: 'wait' },
  repeatable: { name: 'safe to repeat', short: 'twice' },
  'rate-limit': { name: 'rate limit', short: 'rate' },
  breaker: { name: 'breaker or fallback', short: 'down' },
  errors: { name: 'errors told apart', short: 'error' },
  partial: { name: 'partial failure', short: 'parts' },
  traced: { name: 'correlation and metrics', short: 'trace' },
  cancelled: { name: 'cancellation', short: 'stop' },
}

export const HANDLER_WORDS: Readonly<Record<HandlerColumn, ColumnWords>> = {
  'raw-body': { name: 'raw body', short: 'raw' },
  signature: { name: 'signature', short: 'sign' },
  window: { name: 'time window', short: 'time' },
  dedupe: { name: 'dedupe', short: 'twice' },
  durable: { name: 'kept before the answer', short: 'kept' },
  'in-time': { name: 'answers in time', short: 'fast' },
  'dead-letter': { name: 'dead letter', short: 'dead' },
}

export const STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  receive: 'receive',
  'raw-body': 'raw body',
  verify: 'verify',
  window: 'time window',
  dedupe: 'dedupe',
  durable: 'durable',
  acknowledge: 'acknowledge',
  process: 'process',
  'dead-letter': 'dead letter',
}

export const IDEMPOTENCY_WORDS: Readonly<Record<IdempotencyClass, string>> = {
  none: 'nothing keeps it from happening twice',
  'check-then-act': 'checked and then done: two at once both pass',
  'atomic-claim': 'claimed in one step',
  'claim-burned-on-failure': 'claimed before the work and not given back when the work fails',
  outbox: 'claimed and written together, done by a worker',
  repeatable: 'a repetition changes nothing',
  unknown: 'not known',
}

/** One character for a cell, which reads without colour too. */
export const CELL_SIGNS: Readonly<Record<CellState, string>> = {
  protected: '✓',
  missing: '✗',
  'not-needed': '–',
  unknown: '?',
}

/** The same where a page has colours of its own: seen in a second, and read aloud as words. */
export const CELL_EMOJI: Readonly<Record<CellState, string>> = {
  protected: '✅',
  missing: '❌',
  'not-needed': '➖',
  unknown: '❔',
}

/** One character for a state of a delivery; `!` is there, but not where it belongs. */
export function stationSign({ state, misplaced }: Pick<Station, 'state' | 'misplaced'>): string {
  if (state !== 'present') return CELL_SIGNS[state]
  return misplaced === null ? CELL_SIGNS.protected : '!'
}

/** `billing/stripe.ts:24`: enough to find it, and narrow enough for a phone. */
export function shortPlace({
  path,
  line,
}: {
  readonly path: string
  readonly line: number
}): string {
  return `${path.split('/').slice(-2).join('/')}:${line}`
}

/** `12 calls and 2 webhook handlers: 31 protections missing, 18 unknown`. */
export function matrixHeadline({ calls, handlers }: Pick<Matrix, 'calls' | 'handlers'>): string {
  if (calls.length + handlers.length === 0)
    return 'No calls to other systems and no webhook handlers found'
  const cells = [...calls, ...handlers].flatMap(({ cells }) => Object.values(cells))
  const count = (state: CellState) => cells.filter((cell) => cell.state === state).length
  const rows = [
    calls.length === 0 ? '' : countWords(calls.length, 'call'),
    handlers.length === 0 ? '' : countWords(handlers.length, 'webhook handler'),
  ].filter((words) => words !== '')
  return `${rows.join(' and ')}: ${countWords(count('missing'), 'protection')} missing, ${count('unknown')} unknown`
}

/** One reason why a protection is missing or unknown, and where it holds. */
export interface Lack {
  readonly because: string
  readonly places: readonly string[]
}

/** The reasons why a column's cells are in a state, the most frequent first. */
export function lacksOf(
  rows: readonly {
    readonly path: string
    readonly line: number
    readonly cells: Readonly<
      Record<string, { readonly state: CellState; readonly because: string }>
    >
  }[],
  column: string,
  state: CellState,
): readonly Lack[] {
  const found = rows.flatMap(({ path, line, cells }) => {
    const cell = cells[column]
    return cell?.state === state ? [{ because: cell.because, place: `${path}:${line}` }] : []
  })
  return [...Map.groupBy(found, ({ because }) => because)]
    .map(([because, places]) => ({ because, places: places.map(({ place }) => place) }))
    .sort((a, b) => b.places.length - a.places.length)
}

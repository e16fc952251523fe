import type { Site } from '#core/inventory/inventory'
import { missing, notNeeded, unknown } from '#core/matrix/cell'
import type { Moment } from '#core/matrix/delivery-moments'
import { deadlineOf, stepsOf } from '#core/matrix/delivery-steps'
import { stationsOf, type Way } from '#core/matrix/delivery-way'
import { idempotencyOf } from '#core/matrix/idempotency'
import type { CallRow, Cell, HandlerRow, Station } from '#core/matrix/matrix'

/** Whose row it is. */
interface RowOf {
  readonly site: Pick<Site, 'id' | 'path' | 'line' | 'symbol' | 'what'>
  readonly integration: string
  readonly name: string
  readonly within: HandlerRow['within']
  /** The call to another system that stands at a line. */
  readonly callAt: (path: string, line: number) => CallRow | null
}

/** One handler with its states and what protects it. */
export function handlerRow(
  way: Way,
  { site, integration, name, within, callAt }: RowOf,
): HandlerRow {
  const states = stationsOf(way)
  const station = (wanted: Station['name']) => states.find((one) => one.name === wanted)
  const { id, path, line, symbol, what } = site
  const steps = stepsOf(way.moments, station('acknowledge'), callAt)
  return {
    ...{ id, integration, name, path, line, symbol, what, within },
    states: [...states],
    steps,
    deadline: deadlineOf(steps, callAt, way.facts),
    idempotency: idempotencyOf(way.moments, way.facts),
    cells: {
      'raw-body': cellOf(station('raw-body')),
      signature: cellOf(station('verify')),
      window: cellOf(station('window')),
      dedupe: cellOf(station('dedupe')),
      durable: durableCell(way, station('durable'), station('acknowledge')),
      'in-time': inTimeCell(way, station('acknowledge')),
      'dead-letter': cellOf(station('dead-letter')),
    },
  }
}

function cellOf(station: Station | undefined): Cell {
  if (station === undefined) return unknown('not looked at')
  const { state, because, path, line, misplaced } = station
  if (state === 'present' && misplaced !== null)
    return { state: 'missing', because: misplaced, path, line }
  return { state: state === 'present' ? 'protected' : state, because, path, line }
}

/** Something of the delivery is kept before the sender forgets it. */
function durableCell(way: Way, durable: Station | undefined, answer: Station | undefined): Cell {
  const cell = cellOf(durable)
  if (cell.state !== 'protected' || answer?.misplaced == null) return cell
  return missing(answer.misplaced, {
    path: answer.path ?? way.at.path,
    line: answer.line ?? way.at.line,
  })
}

/** Whether the sender is answered without waiting for others. */
function inTimeCell(way: Way, answer: Station | undefined): Cell {
  const slow = slowBefore(way.moments, answer)
  const budget = way.facts.webhooks?.acknowledgementSeconds?.value
  const within = budget === undefined ? '' : ` (${way.sender ?? 'the sender'} waits ${budget} s)`
  if (slow !== undefined)
    return missing(`others are asked before the answer${within}`, {
      path: slow.path,
      line: slow.line,
    })
  if (answer === undefined || answer.state !== 'present')
    return unknown('where it answers was not seen')
  return way.moments.length === 0
    ? notNeeded('it does nothing')
    : {
        state: 'protected',
        because: `answers without waiting for others${within}`,
        path: answer.path,
        line: answer.line,
      }
}

function slowBefore(moments: readonly Moment[], answer: Station | undefined): Moment | undefined {
  const at = moments.findIndex(
    ({ kind, path, line }) =>
      kind === 'acknowledge' && path === answer?.path && line === answer.line,
  )
  const handed = moments.some(({ kind }) => kind === 'enqueue')
  const before = at < 0 ? moments : moments.slice(0, at)
  return before.find(
    ({ kind, deferred, remote }) => kind === 'process' && remote && !deferred && !handed,
  )
}

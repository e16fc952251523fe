import { momentsOf } from '#core/matrix/delivery-moments'
import type { MomentKind } from '#core/matrix/delivery-signs'
import type { HandlerUnit } from '#core/matrix/handler-unit'
import type { Moment, Walk } from '#core/matrix/moment'
import { workersOf } from '#core/matrix/workers'

/** A delivery's moments, and whether who works it off is at hand. */
export interface Delivery {
  readonly moments: readonly Moment[]
  /** Functions that were read on its way, as `path:start:end`. */
  readonly read: ReadonlySet<string>
  /** It is handed on to someone whose code was found. */
  readonly hasWorker: boolean
}

/** What middleware does to a delivery that matters to its handler. */
const CHECKS: ReadonlySet<MomentKind> = new Set<MomentKind>([
  'raw',
  'parse',
  'verify',
  'window',
  'claim',
  'look',
])

/** Everything that happens to a delivery: before its handler, in it, and in who works it off. */
export function deliveryOf(walk: Walk, unit: HandlerUnit): Delivery {
  const visited = new Set<string>()
  // The handler is named by its route: it is read as itself, not as what runs before.
  const { file, fact } = unit.body
  const key = `${file.path}:${fact.start}:${fact.end}`
  visited.add(key)
  const before = momentsOf(walk, unit.before, 'before', visited).filter(
    ({ kind, carries }) => CHECKS.has(kind) || (kind === 'store' && carries),
  )
  visited.delete(key)
  const own = momentsOf(walk, unit.own, 'handler', visited)
  const workers = workersOf(walk.graph, own, unit.body, visited)
  // A job whose function was read where it is handed on is the worker all the same.
  const seenAgain = new Set<string>()
  const worked = momentsOf(
    walk,
    workers.map(({ region }) => region),
    'worker',
    seenAgain,
  )
  const places = new Set(worked.map(({ path, offset }) => `${path}:${offset}`))
  const kept = [
    ...momentsOf(
      walk,
      workers.map(({ home }) => home),
      'declared',
      new Set(),
    ),
    ...momentsOf(walk, unit.declared, 'declared', new Set()),
  ].filter(({ kind }) => kind === 'dead-letter')
  return {
    moments: [
      ...before,
      ...own.filter(({ path, offset }) => !places.has(`${path}:${offset}`)),
      ...worked.map((one) => ({ ...one, deferred: true })),
      ...kept.map((one) => ({ ...one, deferred: true })),
    ],
    read: visited,
    hasWorker: workers.length > 0,
  }
}

import type { Fault } from '../../world/github/faults.ts'
import type { GitHubWorld } from '../../world/github/world.ts'
import { scriptedReviewer } from '../../world/model/scripted-reviewer.ts'
import { type Script, status, type Turn } from '../../world/model/turns.ts'
import { chanceOf, happens, type Order } from './order.ts'

/** How many faults were played, by kind. */
export type Tally = Map<string, number>

function count(tally: Tally, kind: string): void {
  tally.set(kind, (tally.get(kind) ?? 0) + 1)
}

/** Requests that can make something: half of those that fail have taken effect all the same. */
function isWrite(routes: readonly string[]): boolean {
  const [route = ''] = routes
  if (route === 'POST /graphql') return routes.some((name) => name.startsWith('mutation'))
  return !route.startsWith('GET') && !route.endsWith('/access_tokens')
}

/** Lets GitHub fail from now on, until `over` says so. */
export function disturbGitHub(
  world: GitHubWorld,
  order: Order,
  tally: Tally,
  over: () => boolean,
): void {
  const chance = chanceOf(order, 'github')
  const draw = (routes: readonly string[]): Fault => {
    const hideMs = chance.int(Math.floor(order.visibilityMs * 0.8))
    if (isWrite(routes)) {
      return chance.pick<Fault>([
        { kind: 'persist-then-502', hideMs },
        { kind: 'persist-then-reset', hideMs },
        { kind: 'status', status: 502 },
        { kind: 'reset-before' },
      ])
    }
    return chance.pick<Fault>([
      { kind: 'status', status: 502 },
      { kind: 'status', status: 503 },
      { kind: 'reset-before' },
      { kind: 'slow', ms: 200 + chance.int(1_500) },
      { kind: 'secondary-limit', retryAfter: 1 + chance.int(2) },
      { kind: 'html200' },
    ])
  }
  world.faults.draw((routes) => {
    if (over()) return null
    if (happens(chance, order.gitHubFaults)) {
      const fault = draw(routes)
      count(tally, `GitHub ${fault.kind}${isWrite(routes) ? ' on a write' : ''}`)
      return fault
    }
    // What was accepted is often not in the lists at once.
    const hideMs = chance.int(Math.floor(order.visibilityMs * 0.8))
    return isWrite(routes) && happens(chance, 0.2) ? { kind: 'hide-for', hideMs } : null
  })
}

/** A reviewer whose provider fails as often as the order says, until `over` says so. */
export function disturbedReviewer(order: Order, tally: Tally, over: () => boolean): Script {
  const chance = chanceOf(order, 'model')
  return (request) => {
    if (over() || !happens(chance, order.modelFaults)) return scriptedReviewer(request)
    const turn = chance.pick<Turn>([
      status(529, 'overloaded_error'),
      status(500, 'api_error'),
      status(429, 'rate_limit_error', 'too many requests', { 'retry-after': '1' }),
      { kind: 'reset' },
      { kind: 'truncated', content: [{ type: 'text', text: 'The change' }] },
      { kind: 'error-event', type: 'overloaded_error', message: 'Overloaded' },
    ])
    count(tally, `provider ${turn.kind === 'status' ? turn.status : turn.kind}`)
    return turn
  }
}

/** A disturbance of one answer. The world state changes only where the name says so. */
export type Fault =
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** The connection is cut before anything happened. */
  | { kind: 'reset-before' }
  /** The request takes effect, then the connection is cut. */
  | { kind: 'persist-then-reset'; hideMs?: number }
  | { kind: 'persist-then-502'; hideMs?: number }
  /** The request takes effect and never gets an answer. */
  | { kind: 'persist-then-hang' }
  /** The created object is left out of the next `lists` lists. */
  | { kind: 'hide'; lists: number }
  /** The created object is left out of all lists for so long, which is how GitHub does it. */
  | { kind: 'hide-for'; hideMs: number }
  | { kind: 'hang' }
  | { kind: 'slow'; ms: number }
  /** A proxy answers with a web page and status 200. */
  | { kind: 'html200' }
  | { kind: 'redirect'; status: 301 | 302 | 307 | 308; location: string }
  /** The hourly limit is used up; it is reset in so many seconds. */
  | { kind: 'primary-limit'; resetInSeconds: number }
  /** `retryAfter` null: GitHub sometimes sends no such header. */
  | { kind: 'secondary-limit'; retryAfter: number | null }
  | { kind: 'unauthorized' }
  /** The request is answered, but before the answer leaves, `run` changes the world. */
  | { kind: 'meanwhile'; run: () => Promise<unknown> | unknown }

type Planned = { route: string; fault: Fault; left: number }

export type Faults = {
  /** Plays a fault on the next `times` requests of a route; `*` is every route. */
  plan: (route: string, fault: Fault, times?: number) => void
  /** From now on asks this about every request for which no fault is planned. */
  draw: (weather: (routes: string[]) => Fault | null) => void
  /** Takes the fault for a request, if one is planned or drawn. */
  take: (routes: string[]) => Fault | null
  /** Faults that were planned and have not been played. */
  waiting: () => { route: string; kind: string; left: number }[]
  clear: () => void
}

export function createFaults(): Faults {
  let planned: Planned[] = []
  let weather: (routes: string[]) => Fault | null = () => null
  return {
    plan: (route, fault, times = 1) => void planned.push({ route, fault, left: times }),
    draw: (next) => {
      weather = next
    },
    take: (routes) => {
      const found = planned.find((each) => each.route === '*' || routes.includes(each.route))
      if (found === undefined) return weather(routes)
      found.left -= 1
      if (found.left <= 0) planned = planned.filter((each) => each !== found)
      return found.fault
    },
    waiting: () =>
      planned.map((each) => ({ route: each.route, kind: each.fault.kind, left: each.left })),
    clear: () => {
      planned = []
    },
  }
}

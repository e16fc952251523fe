import { createRandom, type Random } from '../../../bench/random.ts'

/** How bad it gets, and for how long. */
export interface Order {
  readonly store: 'embedded' | 'postgres'
  readonly seed: number
  /** How long faults are played, and how long the rest may take; milliseconds. */
  readonly stormMs: number
  readonly drainMs: number
  readonly repositories: number
  readonly pulls: number
  readonly replicas: number
  /** Between two kills, milliseconds. */
  readonly killEveryMs: number
  /** How long GitHub may hide what it has accepted, in the product and in the stand-in. */
  readonly visibilityMs: number
  /** Shares of all requests that go wrong, from 0 to 1. */
  readonly gitHubFaults: number
  readonly modelFaults: number
  /** Deletes the store in the middle; embedded only. */
  readonly loseStore: boolean
}

/** What happens to one delivery on its way. */
export type Fate = 'lost' | 'twice' | 'late' | 'straight'

/** One thing that a person does, at a time after the start. */
export interface Act {
  readonly atMs: number
  readonly pull: number
  /** 0 opens the pull request, the others push to it. */
  readonly push: number
}

/** Independent streams of chance, so that one more draw here changes nothing there. */
export type Stream = 'acts' | 'mail' | 'github' | 'model' | 'kills'

const STREAMS: readonly Stream[] = ['acts', 'mail', 'github', 'model', 'kills']

/** The chance of one stream of an order. */
export function chanceOf({ seed }: Order, stream: Stream): Random {
  return createRandom(seed * 1_000 + STREAMS.indexOf(stream))
}

/** Whether something with this share happens now. */
export function happens(chance: Random, share: number): boolean {
  return chance.int(1_000_000) < share * 1_000_000
}

/** Everything that people do, in order: one to three pushes to each pull request, two on average. */
export function actsOf(order: Order): readonly Act[] {
  const chance = chanceOf(order, 'acts')
  const acts: Act[] = []
  // The last minute belongs to kills and to what is on its way.
  const span = order.stormMs * 0.85
  for (let pull = 0; pull < order.pulls; pull += 1) {
    const opened = chance.int(Math.floor(span * 0.8))
    acts.push({ atMs: opened, pull, push: 0 })
    const pushes = 1 + chance.int(3)
    for (let push = 1; push <= pushes; push += 1) {
      acts.push({ atMs: opened + chance.int(Math.max(1, Math.floor(span - opened))), pull, push })
    }
  }
  return acts.sort((a, b) => a.atMs - b.atMs || a.pull - b.pull)
}

/** What happens to a delivery: a tenth each is lost, comes twice, or comes late. */
export function fateOf(chance: Random, mayBeLost: boolean): Fate {
  const drawn = chance.int(10)
  if (drawn === 0) return mayBeLost ? 'lost' : 'straight'
  if (drawn === 1) return 'twice'
  return drawn <= 3 ? 'late' : 'straight'
}

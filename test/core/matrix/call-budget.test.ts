import { describe, expect, test } from 'vitest'
import { type CallBudget, callBudget } from '#core/matrix/call-budget'
import { type Backoff, type CallLayer, type Extent, UNKNOWN } from '#core/matrix/call-layer'

const layer = (more: Partial<CallLayer> = {}): CallLayer => ({
  name: 'acme',
  kind: 'call',
  retries: 0,
  timeoutMs: null,
  totalMs: null,
  backoff: { kind: 'none' },
  ...more,
})
const exponential = (more: Partial<Extract<Backoff, { kind: 'exponential' }>> = {}): Backoff => ({
  kind: 'exponential',
  firstMs: 500,
  factor: 2,
  capMs: null,
  jitter: false,
  ...more,
})
const fixed = (ms: number): Backoff => ({ kind: 'fixed', ms })
const between = (least: number, most: number | null) => ({ least, most })

/** Attempts at the other side, then the longest run of the whole chain. */
const worst = (...chain: readonly CallLayer[]): readonly [Extent, Extent | undefined] => {
  const budget = callBudget(chain)
  return [budget.attempts, budget.layers.at(-1)?.runMs]
}

describe('attempts at the other side', () => {
  test('multiply from layer to layer', () => {
    const budget = callBudget([
      layer({ name: 'sdk', retries: 2, timeoutMs: 10_000 }),
      layer({ name: 'withRetry', kind: 'wrapper', retries: 3 }),
      layer({ name: 'jobs', kind: 'queue', retries: 4 }),
      layer({ name: 'hooks', kind: 'provider', retries: 15 }),
    ])
    expect(budget.attempts).toBe(960)
    expect(budget.layers.map(({ name, calls }) => [name, calls])).toEqual([
      ['sdk', 3],
      ['withRetry', 12],
      ['jobs', 60],
      ['hooks', 960],
    ])
  })

  test('are one without any layer', () => {
    expect(callBudget([])).toEqual({ attempts: 1, layers: [], answerMs: null })
  })

  test.each<[string, readonly CallLayer[], Extent]>([
    [
      'an interval where a layer is an interval',
      [layer({ retries: between(1, 2) })],
      between(2, 3),
    ],
    ['without upper end where a layer is unknown', [layer({ retries: UNKNOWN })], between(1, null)],
    [
      'multiplied by the known layers around an unknown one',
      [layer({ retries: 2 }), layer({ retries: between(0, 4) }), layer({ retries: 1 })],
      between(6, 30),
    ],
    [
      'endless where it is known that nothing ends them',
      [layer({ retries: 'endless' })],
      'endless',
    ],
    [
      'endless as well where the limit of the run stops no attempt that takes no time',
      [layer({ retries: 'endless', totalMs: 1000 })],
      'endless',
    ],
    [
      'ended by the limit of the run where waits take time',
      [layer({ retries: 'endless', backoff: fixed(300), totalMs: 1000 })],
      4,
    ],
    [
      'without the attempt that would begin in the moment of the limit',
      [layer({ retries: 9, backoff: fixed(500), totalMs: 1000 })],
      2,
    ],
    [
      'billions of retries',
      [layer({ retries: 2_147_483_647, backoff: fixed(100), totalMs: 120_000 })],
      1200,
    ],
    [
      'cut by the limit of an outer attempt, in each of them',
      // Calls at 0, 1000 and 2000, twice.
      [layer({ retries: 5, backoff: fixed(1000) }), layer({ retries: 1, timeoutMs: 2500 })],
      6,
    ],
    [
      'cut in the last of the outer attempts by the outer total',
      // Calls at 0, 1000, 2000; 2500, 3500, 4500; 5000, 6000.
      [
        layer({ retries: 5, backoff: fixed(1000) }),
        layer({ retries: 9, timeoutMs: 2500, totalMs: 6500 }),
      ],
      8,
    ],
    [
      'cut where waits grow',
      // Calls at 0, 500, 1500, 3500.
      [layer({ retries: 9, backoff: exponential(), totalMs: 7500 })],
      4,
    ],
    [
      'cut where waits have grown to their cap',
      // Calls at 0, 500, 1500, 2500, 3500.
      [layer({ retries: 9, backoff: exponential({ capMs: 1000 }), totalMs: 4500 })],
      5,
    ],
    [
      'an interval where chance decides what a limit cuts',
      [layer({ retries: 9, backoff: exponential({ jitter: true }), totalMs: 7500 })],
      between(4, 10),
    ],
    [
      'exact where chance has nothing to decide',
      [layer({ retries: 9, backoff: exponential({ jitter: true }) })],
      10,
    ],
    [
      'exact where the waits are unknown and no limit is there',
      [layer({ retries: 2, backoff: { kind: 'unknown' } }), layer({ retries: 1 })],
      6,
    ],
    [
      'an interval where the waits are unknown and a limit is there',
      [layer({ retries: 2, backoff: { kind: 'unknown' } }), layer({ retries: 1, timeoutMs: 50 })],
      between(2, 6),
    ],
    [
      'an interval where it is unknown whether a limit cuts',
      [layer({ retries: 5, backoff: fixed(1000) }), layer({ timeoutMs: UNKNOWN })],
      between(1, 6),
    ],
    [
      'exact where an unknown limit has nothing to cut',
      [layer({ retries: 5 }), layer({ timeoutMs: UNKNOWN, retries: 1 })],
      12,
    ],
  ])('are %s', (_, chain, attempts) => {
    expect(callBudget(chain).attempts).toEqual(attempts)
  })

  test('of one layer are those of a run that the layers around it cut', () => {
    const budget = callBudget([
      layer({ retries: 5, backoff: fixed(1000) }),
      layer({ retries: 1, timeoutMs: 2500 }),
    ])
    expect(budget.layers.map(({ calls }) => calls)).toEqual([3, 6])
  })
})

describe('the longest run', () => {
  test.each<[string, readonly CallLayer[], Extent]>([
    ['has no end where nothing limits the call', [layer({ retries: 3 })], 'endless'],
    ['is the limit of the only attempt', [layer({ timeoutMs: 80_000 })], 80_000],
    [
      'is all attempts and the waits between them',
      [layer({ retries: 2, timeoutMs: 10_000, backoff: fixed(250) })],
      30_500,
    ],
    [
      'holds waits that grow',
      // 4 attempts of 1000, waits of 500, 1000, 2000.
      [layer({ retries: 3, timeoutMs: 1000, backoff: exponential() })],
      7500,
    ],
    [
      'holds waits that grow to their cap',
      // 6 attempts of 1000, waits of 500, 1000, 1500, 1500, 1500.
      [layer({ retries: 5, timeoutMs: 1000, backoff: exponential({ capMs: 1500 }) })],
      12_000,
    ],
    [
      'is shorter where chance takes off the waits',
      [layer({ retries: 3, timeoutMs: 1000, backoff: exponential({ jitter: true }) })],
      between(4000, 7500),
    ],
    [
      'is cut by the limit of the run',
      [layer({ retries: 3, timeoutMs: 1000, backoff: exponential(), totalMs: 5000 })],
      5000,
    ],
    [
      'is not cut by a limit of the run that is longer',
      [layer({ retries: 1, timeoutMs: 1000, totalMs: 5000 })],
      2000,
    ],
    [
      'ends by the limit of the run where retries do not end',
      [layer({ retries: 'endless', timeoutMs: 1000, totalMs: 5000 })],
      5000,
    ],
    [
      'repeats the inner run for each outer attempt',
      // An inner run of 2 × 1000 + 100, three times, with waits of 10.
      [
        layer({ retries: 1, timeoutMs: 1000, backoff: fixed(100) }),
        layer({ retries: 2, backoff: fixed(10) }),
      ],
      6320,
    ],
    [
      'repeats only what the outer limit leaves of the inner run',
      [layer({ retries: 9, timeoutMs: 1000 }), layer({ retries: 2, timeoutMs: 1500 })],
      4500,
    ],
    [
      'ends by the outer limit where the call has none',
      [layer(), layer({ retries: 2, timeoutMs: 1500 })],
      4500,
    ],
    [
      'is an interval where the limit is one',
      [layer({ timeoutMs: between(10, 20) })],
      between(10, 20),
    ],
    [
      'may have no end where the limit is unknown',
      [layer({ timeoutMs: UNKNOWN, retries: 1, backoff: fixed(100) })],
      between(100, null),
    ],
    [
      'may have no end where retries are unknown',
      [layer({ timeoutMs: 1000, retries: UNKNOWN })],
      between(1000, null),
    ],
    [
      'may have no end where waits are unknown',
      [layer({ timeoutMs: 1000, retries: 1, backoff: { kind: 'unknown' } })],
      between(2000, null),
    ],
    [
      'has no wait to be unknown where there is one attempt',
      [layer({ timeoutMs: 1000, backoff: { kind: 'unknown' } })],
      1000,
    ],
    [
      'may have no end where waits grow by an unknown factor',
      [layer({ timeoutMs: 1000, retries: 2, backoff: exponential({ factor: between(1, null) }) })],
      between(4000, null),
    ],
    [
      'has an end where waits grow by an unknown factor to a cap',
      [
        layer({
          timeoutMs: 1000,
          retries: 3,
          backoff: exponential({ factor: between(1, null), capMs: 700 }),
        }),
      ],
      between(5500, 5900),
    ],
    [
      'has no wait where the first one is nothing, however fast it grows',
      [
        layer({
          timeoutMs: 1,
          retries: 4999,
          backoff: exponential({ firstMs: 0, factor: between(2, null) }),
        }),
      ],
      5000,
    ],
    [
      'is known again where a known limit is around an unknown layer',
      [layer({ retries: between(2, null), timeoutMs: 1000 }), layer({ timeoutMs: 2000 })],
      2000,
    ],
  ])('%s', (_, chain, runMs) => {
    expect(worst(...chain)[1]).toEqual(runMs)
  })

  test('of an inner layer is cut by every limit around it', () => {
    const runs = (chain: readonly CallLayer[]) => callBudget(chain).layers.map(({ runMs }) => runMs)
    expect(
      runs([layer(), layer({ retries: 1, timeoutMs: 900 }), layer({ totalMs: 1000 })]),
    ).toEqual([900, 1000, 1000])
    expect(
      runs([layer(), layer({ timeoutMs: 900 }), layer({ timeoutMs: between(5, null) })]),
    ).toEqual([between(5, 900), between(5, 900), between(5, 900)])
  })
})

describe('the wait for an answer', () => {
  const sdk = layer({ name: 'sdk', timeoutMs: 1000, retries: 2 })
  const wrapper = layer({ name: 'withRetry', kind: 'wrapper', retries: 1 })
  const answerMs = (...chain: readonly CallLayer[]): CallBudget['answerMs'] =>
    callBudget(chain).answerMs

  test('is the longest run of the layers that run before the answer', () => {
    expect(answerMs(sdk, wrapper)).toBe(6000)
    const queue = layer({ kind: 'queue', retries: 9 })
    const provider = layer({ kind: 'provider', retries: 9 })
    expect(answerMs(sdk, wrapper, queue, provider)).toBe(6000)
    expect(answerMs(sdk, provider)).toBe(3000)
  })

  test('is not cut by the limit of whoever waits for it', () => {
    expect(answerMs(sdk, layer({ kind: 'provider', timeoutMs: 500 }))).toBe(3000)
  })

  test('is nothing where no layer runs before the answer', () => {
    expect(answerMs(layer({ kind: 'queue', timeoutMs: 1000 }))).toBeNull()
  })
})

describe('numbers that no layer has', () => {
  test.each<[string, Partial<CallLayer>, string]>([
    ['negative', { retries: -1 }, 'retries of the layer "acme": -1 is no amount'],
    ['not finite', { timeoutMs: Number.NaN }, 'timeoutMs of the layer "acme": NaN is no amount'],
    ['infinite', { totalMs: Number.POSITIVE_INFINITY }, 'totalMs of the layer "acme": Infinity'],
    ['half an attempt', { retries: 0.5 }, 'retries of the layer "acme": 0.5 is no count'],
    ['half an attempt at most', { retries: between(0, 1.5) }, '0 to 1.5 is no count'],
    ['the wrong way round', { timeoutMs: between(2, 1) }, '2 to 1 is no amount'],
    ['a limit of 0', { timeoutMs: 0 }, 'timeoutMs of the layer "acme": a limit is above 0'],
    ['a limit of at most 0', { totalMs: between(0, 0) }, 'totalMs of the layer "acme": a limit'],
    ['a negative wait', { backoff: fixed(-5) }, 'backoff.ms of the layer "acme": -5 is no amount'],
    [
      'waits that shrink',
      { backoff: exponential({ factor: between(0, 2) }) },
      'backoff.factor of the layer "acme": 0 to 2 is below 1',
    ],
  ])('are refused by name: %s', (_, more, message) => {
    expect(() => callBudget([layer(more)])).toThrow(RangeError)
    expect(() => callBudget([layer(more)])).toThrow(message)
  })
})

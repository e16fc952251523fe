import { afterEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '#core/problem'
import { type Receive, type StoredDelivery, startDispatcher } from '#server/dispatch'
import { createMetrics } from '#server/metrics'
import { createLog } from '#wiring/log'
import { fakeDeliveries } from './loopback.ts'

const stopped: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stopped.splice(0).map((stop) => stop()))
})

function start(
  receive: Receive,
  due: readonly Partial<StoredDelivery>[] = [],
  ready: () => Promise<unknown> = async () => undefined,
) {
  const { deliveries, outcomes, add, state } = fakeDeliveries()
  for (const each of due) {
    add(each)
  }
  const lines: string[] = []
  const log = createLog({
    level: 'info',
    format: 'json',
    secrets: [],
    write: (line) => void lines.push(line),
  })
  const dispatcher = startDispatcher({ deliveries, receive, ready, metrics: createMetrics(), log })
  stopped.push(() => dispatcher.stop())
  return { dispatcher, outcomes, add, state, lines }
}

const soon = <T>(read: () => T, expected: T) =>
  vi.waitFor(() => expect(read()).toEqual(expected), { timeout: 3_000, interval: 5 })

describe('a stored delivery', () => {
  test('goes to the handlers with its event and is then done', async () => {
    const seen: unknown[] = []
    const { outcomes } = start(
      async (event) => {
        seen.push(event)
        return 'job: push'
      },
      [{ guid: 'a', event: 'push', body: '{"ref":"x"}' }],
    )
    await soon(() => outcomes, ['settled a: job: push'])
    expect(seen).toEqual([{ guid: 'a', event: 'push', payload: { ref: 'x' } }])
  })

  test('that arrives while nothing is due wakes the dispatcher at once', async () => {
    const { outcomes, add } = start(async () => 'job')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const begun = performance.now()
    add({ guid: 'late' })
    await soon(() => outcomes, ['settled late: job'])
    expect(performance.now() - begun).toBeLessThan(500)
  })

  test('is looked for once: a batch that was not full was all there was', async () => {
    const { outcomes, state } = start(async () => 'job', [{ guid: 'a' }, { guid: 'b' }])
    await soon(() => outcomes, ['settled a: job', 'settled b: job'])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(state.looks).toBe(1)
  })

  test('whose handler fails becomes due again, later each time', async () => {
    const errors = [new AggregateError([new Error('boom')]), new Error('bang'), 'no error']
    const { outcomes } = start(async () => {
      throw errors.shift()
    }, [
      { guid: 'a', attempt: 1 },
      { guid: 'b', attempt: 4 },
      { guid: 'c', attempt: 9 },
    ])
    await soon(
      () => outcomes,
      ['retry a in 1000: boom', 'retry b in 8000: bang', 'retry c in 256000: unknown'],
    )
  })

  test('that failed ten times is buried with its reason', async () => {
    const fail = () => Promise.reject(new Error('boom'))
    const { outcomes } = start(fail, [{ guid: 'a', attempt: 10 }])
    await soon(() => outcomes, ['bury a: boom'])
  })

  test('is never buried because the world was busy', async () => {
    const busy = new AggregateError([new Problem('store.busy', 'retry', 'the store is busy')])
    const { outcomes } = start(() => Promise.reject(busy), [{ guid: 'a', attempt: 400 }])
    await soon(() => outcomes, ['retry a in 300000: the store is busy'])
  })

  test('that is no JSON object is buried without a handler', async () => {
    const receive = vi.fn(async () => 'job')
    const { outcomes } = start(receive, [
      { guid: 'a', body: '{' },
      { guid: 'b', body: '7' },
    ])
    await soon(
      () => outcomes,
      ['bury a: the body is no JSON object', 'bury b: the body is no JSON object'],
    )
    expect(receive).not.toHaveBeenCalled()
  })

  test('is not even taken while the app cannot handle any', async () => {
    let ready = false
    const { outcomes, lines, state } = start(
      async () => 'job',
      [{ guid: 'a' }],
      async () => {
        if (!ready) {
          throw new Error('GitHub is unreachable')
        }
      },
    )
    await vi.waitFor(() => expect(lines.join('')).toContain('GitHub is unreachable'))
    expect([outcomes, state.taken]).toEqual([[], 0])
    ready = true
    await soon(() => outcomes, ['settled a: job'])
  })

  test('does not keep the next one waiting when its outcome cannot be stored', async () => {
    const { outcomes, state, add } = start(async () => 'job')
    state.forgets = true
    add({ guid: 'a' })
    await soon(() => state.forgotten, 1)
    state.forgets = false
    add({ guid: 'b' })
    await soon(() => outcomes, ['settled b: job'])
  })
})

test('an inbox that cannot be read is asked again', async () => {
  const { outcomes, add, state, lines } = start(async () => 'job')
  state.unreadable = true
  add({ guid: 'a' })
  await vi.waitFor(() => expect(lines.join('')).toContain('no delivery can be dispatched'))
  state.unreadable = false
  await soon(() => outcomes, ['settled a: job'])
})

test('stopping waits for the delivery in hand and leaves the others', async () => {
  const gate = Promise.withResolvers<string>()
  const { dispatcher, outcomes } = start(() => gate.promise, [{ guid: 'a' }, { guid: 'b' }])
  await new Promise((resolve) => setTimeout(resolve, 20))
  const stopping = dispatcher.stop()
  gate.resolve('job')
  await stopping
  expect(outcomes).toEqual(['settled a: job'])
})

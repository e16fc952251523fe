import { expect, test } from 'vitest'
import type { HookDelivery } from '#flow/pull-request-port'
import { sweepDeliveries } from '#flow/sweep-deliveries'
import { fakeClock } from '../support/fake-run.ts'
import { problem, QUIET } from './fake-pull.ts'

const NOW = 2_000_000_000
const delivery = (id: number, more: Partial<HookDelivery> = {}): HookDelivery => ({
  ...{ id, guid: `guid-${id}`, event: 'pull_request', action: 'opened' },
  deliveredAt: NOW - 3_600_000 + id,
  ...more,
})

function stage(recorded: readonly HookDelivery[], known: readonly string[] = []) {
  const clock = fakeClock(NOW)
  const sent: number[] = []
  const asked: number[] = []
  const inbox = new Set(known)
  const world = { resend: async (id: number) => void sent.push(id) }
  const sweep = () =>
    sweepDeliveries({
      deliveries: {
        since: async (moment) => {
          asked.push(moment)
          return recorded.filter((one) => one.deliveredAt >= moment)
        },
        resend: (id) => world.resend(id),
      },
      knownGuids: async (guids) => new Set(guids.filter((guid) => inbox.has(guid))),
      ...{ clock, log: QUIET },
    })
  return { sweep, sent, asked, inbox, clock, world }
}

test('of forty deliveries the inbox gets what it lacks, oldest first, and nothing else', async () => {
  const recorded = Array.from({ length: 40 }, (_, i) => delivery(i)).toReversed()
  const s = stage(
    recorded,
    recorded.filter(({ id }) => id % 2 === 0).map(({ guid }) => guid),
  )
  expect(await s.sweep()).toBe(20)
  expect(s.sent).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i + 1))
  for (const { guid } of recorded) s.inbox.add(guid)
  expect(await s.sweep()).toBe(0)
})

test('of several attempts the latest is sent again', async () => {
  const s = stage([3, 2, 1].map((id) => delivery(id, { guid: 'a' })))
  await s.sweep()
  expect(s.sent).toEqual([3])
})

test.each([
  [1, 30],
  [2, 60],
  [3, 120],
  [7, 1_920],
  [8, 3_600],
  [31, 3_600],
])('after %i attempts it is sent again once %i s are over', async (attempts, pauseS) => {
  const last = (agoMs: number) =>
    Array.from({ length: attempts }, (_, i) =>
      delivery(i, { guid: 'a', deliveredAt: NOW - agoMs - i * 60_000 }),
    )
  expect(await stage(last(pauseS * 1_000 - 1)).sweep()).toBe(0)
  expect(await stage(last(pauseS * 1_000)).sweep()).toBe(1)
})

test('what was refused for a day needs a person', async () => {
  const refused = Array.from({ length: 32 }, (_, i) =>
    delivery(i, { guid: 'a', deliveredAt: NOW - 7_200_000 }),
  )
  expect(await stage(refused).sweep()).toBe(0)
  expect(await stage(refused.slice(1)).sweep()).toBe(1)
})

test('an inbox that is lost gets back what it had taken at the third attempt', async () => {
  const s = stage(
    [1, 2, 3].map((id) => delivery(id, { guid: 'a' })),
    ['a'],
  )
  expect(await s.sweep()).toBe(0)
  s.inbox.clear()
  expect(await s.sweep()).toBe(1)
})

test.each<[string, Partial<HookDelivery>]>([
  ['an event that is not handled', { event: 'star', action: 'created' }],
  ['an action that is not handled', { action: 'labeled' }],
  ['one that may still be on its way', { deliveredAt: NOW - 1_000 }],
])('%s is left alone', async (_, more) => {
  const s = stage([delivery(1, more)])
  expect([await s.sweep(), s.sent]).toEqual([0, []])
})

test('an empty record is no error, and the whole retention time is asked for', async () => {
  const s = stage([])
  expect(await s.sweep()).toBe(0)
  expect(s.asked).toEqual([NOW - 7 * 24 * 3_600_000])
})

test('one that cannot be sent again stops no other', async () => {
  const s = stage([delivery(1), delivery(2)])
  const { resend } = s.world
  s.world.resend = (id) => (id === 1 ? Promise.reject(problem('github.gone', 'gone')) : resend(id))
  expect([await s.sweep(), s.sent]).toEqual([1, [2]])
})

test('a limit ends the sweep: the next one finds the rest', async () => {
  const s = stage([delivery(1), delivery(2), delivery(3)])
  let calls = 0
  s.world.resend = () => {
    calls += 1
    return Promise.reject(problem('github.rate-limited', 'retry'))
  }
  expect([await s.sweep(), calls]).toEqual([0, 1])
})

test('requests are paced', async () => {
  const s = stage([delivery(1), delivery(2)])
  await s.sweep()
  expect(s.clock.slept).toEqual([200, 200])
})

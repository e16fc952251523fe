import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createInbox } from '#store/inbox'
import type { Delivery } from '#store/inbox-rows'
import {
  inBothHomes,
  onPostgres,
  reviewJob,
  sleep,
  statementsDuring,
  until,
} from '../support/store-homes.ts'

function delivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    guid: randomUUID(),
    event: 'pull_request',
    action: 'opened',
    body: '{"action":"opened","title":"Zażółć \\u0000 🚀"}',
    receivedAt: Date.now(),
    ...changes,
  }
}

inBothHomes((home) => {
  const inbox = () => home().store.inbox

  test.each([
    ['a NUL character', 'a\0b'],
    ['a body of two lines', '{\n}'],
  ])('a delivery with %s is refused and poisons no other', async (_, body) => {
    const good = delivery()
    const [bad, fine] = await Promise.allSettled([
      inbox().append(delivery({ body })),
      inbox().append(good),
    ])
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'store.bad-delivery' } })
    expect(fine).toEqual({ status: 'fulfilled', value: 'new' })
    expect(await inbox().knownGuids([good.guid])).toEqual(new Set([good.guid]))
  })

  test('one hundred deliveries at once share a few commits, and all are stored', async () => {
    const many = Array.from({ length: 100 }, () => delivery())
    let answers: readonly string[] = []
    const statements = await statementsDuring(async () => {
      answers = await Promise.all(many.map((one) => inbox().append(one)))
    })
    const commits = statements.filter((text) => text.startsWith('insert into inbox'))
    expect(commits.length).toBeGreaterThan(0)
    expect(commits.length).toBeLessThan(10)
    expect(answers).toEqual(many.map(() => 'new'))
    const guids = many.map(({ guid }) => guid)
    expect(await inbox().knownGuids([...guids, 'never-seen'])).toEqual(new Set(guids))
  })

  test('the same delivery ten times at once is stored once', async () => {
    const one = delivery()
    const answers = await Promise.all(Array.from({ length: 10 }, () => inbox().append(one)))
    expect(answers.filter((answer) => answer === 'new')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'known')).toHaveLength(9)
    expect(await inbox().append(one)).toBe('known')
  })

  test('deliveries are handed out once, whole, and never again once they are settled', async () => {
    const three = [1, 2, 3].map((receivedAt) => delivery({ receivedAt }))
    for (const one of three) await inbox().append(one)
    const [here, there] = await Promise.all([inbox().take(1_000), inbox().take(1_000)])
    const taken = [...here, ...there]
    for (const one of three) {
      expect(taken.filter(({ guid }) => guid === one.guid)).toEqual([{ ...one, attempt: 1 }])
    }
    for (const { guid } of taken) await inbox().settled(guid, 'queued a review')
    expect(await inbox().take(1_000)).toEqual([])
    expect(await inbox().append(three[0] ?? delivery())).toBe('known')
    expect(await inbox().backlog()).toEqual({ waiting: 0, dead: 0, oldestMs: 0 })
  })

  test('a delivery that is put off comes back when its time has come', async () => {
    const one = delivery({ receivedAt: Date.now() - 5_000 })
    await inbox().append(one)
    await inbox().take(1_000)
    await inbox().retry(one.guid, 400, 'GitHub was away')
    expect(await inbox().take(1_000)).toEqual([])
    expect((await inbox().backlog()).oldestMs).toBeGreaterThanOrEqual(5_000)
    await until('it comes back', async () => {
      const [again] = await inbox().take(1_000)
      return again?.guid === one.guid && again.attempt === 2
    })
    await inbox().settled(one.guid, 'ignored')
  })

  test('a buried delivery is kept whole, and comes back when it is replayed or sent again', async () => {
    const one = delivery()
    await inbox().append(one)
    for (const bringBack of [
      async () => expect(await inbox().replayDead()).toBe(1),
      async () => expect(await inbox().append(one)).toBe('requeued'),
    ]) {
      await inbox().take(1_000)
      await inbox().bury(one.guid, 'the handler threw')
      expect(await inbox().take(1_000)).toEqual([])
      expect(await inbox().dead()).toEqual([
        { guid: one.guid, event: 'pull_request', because: 'the handler threw' },
      ])
      expect(await inbox().backlog()).toMatchObject({ waiting: 0, dead: 1 })
      await bringBack()
      expect(await inbox().dead()).toEqual([])
    }
    expect(await inbox().take(1_000)).toEqual([{ ...one, attempt: 1 }])
    await inbox().settled(one.guid, 'queued a review')
  })

  test('an arrival wakes the dispatcher at once', async () => {
    let woken = 0
    const stop = inbox().onArrival(() => {
      woken += 1
    })
    await inbox().append(delivery())
    expect(woken).toBeGreaterThan(0)
    stop()
    await sleep(100)
    const before = woken
    await inbox().append(delivery())
    expect(woken).toBe(before)
  })

  test('a resent delivery whose job is dead puts the job back into the queue', async () => {
    const { store } = home()
    const one = delivery()
    const job = reviewJob({ delivery: one.guid })
    await inbox().append(one)
    await inbox().settled(one.guid, 'queued a review')
    let tries = 0
    await store.jobs.enqueue(job)
    await store.jobs.work(
      async (given) => {
        if (given.delivery === one.guid) tries += 1
        return tries === 1 ? { kind: 'dead', because: 'poison' } : { kind: 'done' }
      },
      { reviews: 1 },
    )
    await until(
      'the job is dead',
      async () => (await store.desk.list({ state: 'dead' })).length > 0,
    )
    expect(await inbox().append(one)).toBe('requeued')
    await until('it runs again', () => tries === 2)
    expect(await store.desk.list({ state: 'dead' })).toEqual([])
    expect(await inbox().append(one)).toBe('known')
  })
})

onPostgres((home) => {
  test('a crowd that comes to two replicas in different orders is stored once', async () => {
    const [here, there] = await Promise.all([home().open(), home().open()])
    const guids = Array.from({ length: 9 }, (_, index) => `crowd-${index}`)
    const crowd = guids.map((guid) => delivery({ guid }))
    // A third has the one in the middle in hand: both commits get so far and wait.
    const other = home().sql(`begin;
      insert into inbox (guid, event, body, received_at) values ('crowd-4', 'push', '{}', 0);
      select pg_sleep(1);
      rollback`)
    await sleep(300)
    const first = crowd.map((one) => here.inbox.append(one))
    const again = crowd.toReversed().map((one) => there.inbox.append(one))
    await other
    const answers = await Promise.all([...first, ...again])
    expect(answers.toSorted()).toEqual([...guids.map(() => 'known'), ...guids.map(() => 'new')])
    await Promise.all([here.close(), there.close()])
  })
})

test('GitHub waits for a delivery to be stored, and so it goes before other statements', async () => {
  const refuse = async () => {
    throw new Error('this would wait behind all others')
  }
  const one = delivery()
  const { inbox } = createInbox({
    database: {
      ...{ kind: 'embedded', query: refuse, transaction: refuse, close: refuse },
      urgent: { query: async () => [{ guid: one.guid, fresh: true }] },
      queueAccess: { kind: 'address', connectionString: '' },
    },
    clock: { now: () => Date.now() },
    replayDelivery: async () => 0,
  })
  expect(await inbox.append(one)).toBe('new')
})

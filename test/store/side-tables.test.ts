import { expect, test } from 'vitest'
import type { WaitingLearning } from '#core/plan/plan'
import { plan } from '../support/sample-plan.ts'
import { inBothHomes, reviewJob, until } from '../support/store-homes.ts'

const DAY_MS = 86_400_000

inBothHomes((home) => {
  const store = () => home().store

  test('work of one name is done by one at a time, whatever becomes of it', async () => {
    const { locks, leadership } = store()
    let inside = 0
    let most = 0
    const work = async (fails: boolean) => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 20))
      inside -= 1
      if (fails) throw new Error('broken')
      return 'done'
    }
    const results = await Promise.allSettled(
      [true, false, false].map((fails) => locks.alone('a branch', () => work(fails))),
    )
    expect(results.map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ])
    expect(most).toBe(1)
    await Promise.all(['one', 'other'].map((name) => locks.alone(name, () => work(false))))
    expect(most).toBe(2)
    // As a process that died while it worked: it is waited for until its time is over.
    await leadership.tryLead('lock a branch', 400)
    const before = performance.now()
    expect(await locks.alone('a branch', () => work(false))).toBe('done')
    expect(performance.now() - before).toBeGreaterThan(300)
  })

  test('a waiting learning is kept once per text, for its own pull request only', async () => {
    const place = { installation: 1, repository: 2, pull: 3 }
    const pending = store().pendingLearnings(place)
    const learning = {
      topic: 'stripe',
      text: 'Calls go through src/pay.ts\u0000',
      citation: { path: 'src/pay.ts', line: 4 },
      anchor: 'await pay()',
      source: 'agent',
      when: 'at-merge',
    } as const
    const general = {
      ...learning,
      topic: 'general',
      text: 'Money is in cents',
      citation: null,
      anchor: null,
      when: 'pending',
    } as const
    const moved = { ...learning, citation: { path: 'src/pay.ts', line: 9 }, anchor: 'pay()' }
    await pending.add('run-1', [])
    // What says the same twice counts once: the last time.
    await pending.add('run-1', [{ ...learning, anchor: 'old' }, general, learning])
    await pending.add('run-2', [moved])
    const listed = await pending.list()
    const kept = { pull: place.pull, merged: false }
    const ids = listed.map(({ id }) => id)
    expect(listed).toEqual([
      { ...moved, ...kept, text: 'Calls go through src/pay.ts', id: ids[0] },
      { ...general, ...kept, id: ids[1] },
    ])
    expect(
      await store()
        .pendingLearnings({ ...place, pull: 9 })
        .list(),
    ).toEqual([])
    for (const other of [{ installation: 9 }, { repository: 9 }]) {
      const elsewhere = store().pendingLearnings({ ...place, ...other })
      expect(await elsewhere.list()).toEqual([])
      await elsewhere.remove(ids)
    }
    await pending.remove(ids.slice(0, 1))
    expect(await pending.list()).toMatchObject([general])
    await pending.remove(ids)
    expect(await pending.list()).toEqual([])
  })

  test('what the branch has to take is listed for the whole repository, with its source', async () => {
    const place = { installation: 1, repository: 77, pull: 5 }
    const decided: WaitingLearning = {
      ...{ topic: 'decisions', text: 'Accepted.', citation: null, anchor: null },
      source: 'maintainer',
      author: 'lena',
      when: 'branch',
      merged: true,
    }
    await store().pendingLearnings(place).add('run-1', [decided])
    const elsewhere = store().pendingLearnings({ ...place, pull: 6 })
    const due = await elsewhere.due()
    expect(due).toEqual([{ ...decided, pull: 5, id: due[0]?.id }])
    expect(await elsewhere.list()).toEqual([])
    await elsewhere.remove(due.map(({ id }) => id))
    expect(await elsewhere.due()).toEqual([])
  })

  test('a note is what was last written', async () => {
    const { notes } = store()
    expect(await notes.get('sweep')).toBeNull()
    await notes.set('sweep', '1')
    await notes.set('sweep', '2')
    expect(await notes.get('sweep')).toBe('2')
    await notes.remove('sweep')
    expect(await notes.get('sweep')).toBeNull()
  })

  test('the leader of a task stays it while it asks again', async () => {
    expect(await store().leadership.tryLead('sweep', 60_000)).toBe(true)
    expect(await store().leadership.tryLead('sweep', 60_000)).toBe(true)
  })

  test('plans and words that were posted are forgotten after two weeks, and who was reviewed is not', async () => {
    const { runs, answers, reports } = store()
    const claim = async (headSha: string) => {
      const job = reviewJob()
      const opened = await runs.open(job, { headSha, baseRef: 'main' })
      if (opened.kind !== 'claimed') throw new Error('not claimed')
      await opened.run.freeze(plan)
      return { run: opened.run, of: `11/22#${job.pull}` }
    }
    const over = await claim('over')
    await over.run.finish('done', null)
    const open = await claim('open')
    const [posted, unsaid] = [answers.of('posted'), answers.of('unsaid')]
    for (const one of [posted, unsaid]) await one.freeze('It calls `pay()` without a limit.')
    await posted.done('post-answer', '5')
    const forget = async (days: number) => {
      home().clock.aheadMs = days * DAY_MS
      return (await store().purge()).plans
    }
    expect(await forget(13.9)).toBe(0)
    expect(await reports.latest(over.of)).toEqual(plan)
    expect(await forget(14.1)).toBe(1)
    expect(await forget(29.9)).toBe(0)
    home().clock.aheadMs = 0
    expect(await runs.ofPull(over.of)).toMatchObject([
      { state: 'done', headSha: 'over', plan: null },
    ])
    expect([await reports.latest(over.of), await reports.ofPull(over.of)]).toEqual([null, []])
    expect(await open.run.plan()).toEqual(plan)
    expect([await posted.words(), (await posted.effect('post-answer'))?.status]).toEqual([
      null,
      'done',
    ])
    expect(await unsaid.words()).toBe('It calls `pay()` without a limit.')
    await open.run.finish('done', null)
    home().clock.aheadMs = 40 * DAY_MS
    expect((await store().purge()).runs).toBe(2)
    expect(await unsaid.words()).toBeNull()
    home().clock.aheadMs = 0
  })

  test('a dead review that can still be replayed keeps what it was going to post', async () => {
    const { runs, jobs, desk } = store()
    const job = reviewJob()
    await jobs.work(
      async () => {
        const opened = await runs.open(job, { headSha: 'dead', baseRef: 'main' })
        if (opened.kind !== 'claimed') throw new Error('not claimed')
        await opened.run.freeze(plan)
        return { kind: 'dead', because: 'a permission is missing' }
      },
      { reviews: 1 },
    )
    await jobs.enqueue(job)
    const lying = () => desk.list({ state: 'dead' })
    await until('it lies dead', async () => (await lying()).length === 1)
    const [dead] = await lying()
    home().clock.aheadMs = 40 * DAY_MS
    expect(await store().purge()).toMatchObject({ plans: 0, runs: 0 })
    await desk.discard(dead?.id ?? '')
    // The same head may still be asked for: half of what it was going to post may stand there.
    home().clock.aheadMs = 20 * DAY_MS
    expect(await store().purge()).toMatchObject({ plans: 0, runs: 0 })
    home().clock.aheadMs = 40 * DAY_MS
    expect(await store().purge()).toMatchObject({ runs: 1 })
    home().clock.aheadMs = 0
  })

  test('the purge takes what is over and old, and nothing that is open', async () => {
    const job = reviewJob()
    const open = await store().runs.open(job, { headSha: 'open', baseRef: 'main' })
    const over = await store().runs.open(job, { headSha: 'over', baseRef: 'main' })
    if (open.kind !== 'claimed' || over.kind !== 'claimed') throw new Error('not claimed')
    await over.run.intend('open-check')
    const spender = { runKey: over.run.key, installation: 11, repository: 22, pull: job.pull }
    const none = { run: 1, pullPerDay: null, installationPerDay: null, perDay: null }
    const budget = store().budgets.of(spender, none)
    await budget.reserve(0.5)
    const usage = { inputTokens: 1, cacheReadTokens: 1, cacheWriteTokens: 1, outputTokens: 1 }
    await budget.settle({ reserved: 0.5, usd: 0.5, model: 'm', usage, requestId: null })
    await over.run.finish('done', null)
    for (const guid of ['purge-settled', 'purge-waiting']) {
      await store().inbox.append({
        guid,
        event: 'push',
        action: null,
        body: '{}',
        receivedAt: Date.now(),
      })
    }
    await store().inbox.settled('purge-settled', 'ignored')
    expect(await store().purge()).toEqual({ deliveries: 0, plans: 0, runs: 0, ledger: 0 })
    home().clock.aheadMs = 40 * DAY_MS
    expect(await store().purge()).toEqual({ deliveries: 1, plans: 0, runs: 1, ledger: 0 })
    home().clock.aheadMs = 500 * DAY_MS
    expect(await store().purge()).toEqual({ deliveries: 0, plans: 0, runs: 0, ledger: 1 })
    home().clock.aheadMs = 0
    const keys = (await store().runs.ofPull(`11/22#${job.pull}`)).map(({ runKey }) => runKey)
    expect(keys).toEqual([open.run.key])
    const known = await store().inbox.knownGuids(['purge-settled', 'purge-waiting'])
    expect(known).toEqual(new Set(['purge-waiting']))
  })
})

import { expect, test } from 'vitest'
import { inBothHomes, reviewJob } from '../support/store-homes.ts'

const HOUR_MS = 3_600_000

inBothHomes((home) => {
  const store = () => home().store

  test('a pause is what was last said of one pull request', async () => {
    const { pauses } = store()
    expect(await pauses.of('1/2#3')).toBeNull()
    const pause = { paused: true, by: 'lena', because: 'a\u0000b', at: 5 }
    await pauses.set('1/2#3', pause)
    expect(await pauses.of('1/2#3')).toEqual({ ...pause, because: 'ab' })
    await pauses.set('1/2#3', { paused: false, by: null, because: '', at: 6 })
    expect(await pauses.of('1/2#3')).toEqual({ paused: false, by: null, because: '', at: 6 })
    expect(await pauses.of('1/2#4')).toBeNull()
  })

  test('an answer keeps the words that came first, and what became of posting them', async () => {
    const record = store().answers.of('1/2#3/conversation-4')
    expect([await record.words(), await record.effect('post-answer')]).toEqual([null, null])
    expect(await record.freeze('first\u0000')).toBe('first')
    expect(await record.freeze('second')).toBe('first')
    expect(await record.effect('post-answer')).toBeNull()
    expect(await record.intend('post-answer')).toMatchObject({ status: 'intended', attempts: 1 })
    expect(await record.intend('post-answer')).toMatchObject({ status: 'intended', attempts: 2 })
    await record.withdraw('post-answer')
    await record.withdraw('post-answer')
    expect(await record.effect('post-answer')).toBeNull()
    await record.intend('post-answer')
    await record.done('post-answer', '77')
    expect(await record.intend('post-answer')).toMatchObject({ status: 'done', objectId: '77' })
    const again = store().answers.of('1/2#3/conversation-4')
    expect(await again.words()).toBe('first')
    expect(await again.effect('post-answer')).toMatchObject({ status: 'done', objectId: '77' })
  })

  test('what was found posted before anything was recorded is done', async () => {
    const record = store().answers.of('1/2#3/conversation-5')
    await record.done('post-answer', '78')
    expect(await record.effect('post-answer')).toMatchObject({ status: 'done', objectId: '78' })
    expect(await record.words()).toBeNull()
  })

  test('a check leads back to its pull request, by its run or else by its head', async () => {
    const { runs } = store()
    const job = reviewJob()
    const head = { headSha: 'feed', baseRef: 'main' }
    const opened = await runs.open(job, head)
    const other = await runs.open({ ...job, pull: job.pull + 1 }, head)
    if (opened.kind !== 'claimed' || other.kind !== 'claimed') throw new Error('not claimed')
    const { installation, repository } = job
    const at = { installation, repository: repository.id, head: 'feed' }
    expect(await runs.pullsOf({ ...at, externalId: other.run.key })).toEqual([job.pull + 1])
    expect(await runs.pullsOf({ ...at, externalId: null })).toEqual([job.pull, job.pull + 1])
    expect(await runs.pullsOf({ ...at, installation: 999, externalId: null })).toEqual([])
    await opened.run.finish('done', null)
    await other.run.finish('done', null)
  })

  test('an allowance is used up, refused, told once in an hour, and grows again', async () => {
    const { allowances } = store()
    const { clock } = home()
    const two = { key: 'u', most: 2, everyMs: HOUR_MS }
    const many = { key: 'p', most: 9, everyMs: HOUR_MS }
    const take = () => allowances.take([two, many])
    expect([await take(), await take(), await take(), await take()]).toEqual([
      ...['granted', 'granted', 'tell', 'silent'],
    ])
    clock.aheadMs += HOUR_MS
    expect([await take(), await take()]).toEqual(['granted', 'tell'])
    expect(await allowances.take([many])).toBe('granted')
  })

  test('of many takers at once only as many get one as there are', async () => {
    const { allowances } = store()
    const three = { key: 'race', most: 3, everyMs: HOUR_MS }
    const taken = await Promise.all(Array.from({ length: 12 }, () => allowances.take([three])))
    expect(taken.filter((one) => one === 'granted')).toHaveLength(3)
    expect(taken.filter((one) => one === 'tell')).toHaveLength(1)
  })
})

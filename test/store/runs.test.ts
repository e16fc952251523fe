import { expect, test } from 'vitest'
import type { ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import type { HeldRun } from '#store/run-handle'
import { plan } from '../support/sample-plan.ts'
import { inBothHomes, reviewJob, sleep, statementsDuring, until } from '../support/store-homes.ts'

const HEAD = { headSha: 'a'.repeat(40), baseRef: 'main' }
const LOST = { name: 'Problem', code: 'run.lease-lost' }

inBothHomes((home) => {
  const runs = () => home().store.runs

  async function claim(job: ReviewJob, at = HEAD): Promise<HeldRun> {
    const opened = await runs().open(job, at)
    if (opened.kind !== 'claimed') throw new Error(`the run is ${opened.kind}`)
    return opened.run
  }

  test('a run that is held is busy for everybody else', async () => {
    const job = reviewJob()
    const [one, other] = await Promise.all([runs().open(job, HEAD), runs().open(job, HEAD)])
    expect([one.kind, other.kind].sort()).toEqual(['busy', 'claimed'])
  })

  test('a worker that lost its run can neither read nor write it', async () => {
    const job = reviewJob()
    const old = await claim(job)
    await old.intend('open-check')
    await old.release()
    const now = await claim(job)
    expect(now.epoch).toBe(old.epoch + 1)
    for (const attempt of [
      () => old.plan(),
      () => old.freeze(plan),
      () => old.effect('open-check'),
      () => old.intend('open-check'),
      () => old.intend('post-review'),
      () => old.done('open-check', '1'),
      () => old.done('post-review', '1'),
      () => old.withdraw('open-check'),
      () => old.finish('done', null),
    ]) {
      await expect(attempt()).rejects.toMatchObject(LOST)
    }
    expect(await now.plan()).toBeNull()
    expect(await now.effect('open-check')).toMatchObject({ status: 'intended', attempts: 1 })
    expect(await now.effect('post-review')).toBeNull()
  })

  test('a lease is renewed while its worker lives', async () => {
    const store = home().store
    const job = reviewJob()
    const run = await claim(job)
    await sleep(2_600)
    expect((await store.runs.open(job, HEAD)).kind).toBe('busy')
    expect(run.signal.aborted).toBe(false)
    await run.finish('done', null)
  })

  test('a worker whose own clock is wrong takes no lease before its end', async () => {
    const job = reviewJob()
    const run = await claim(job)
    const { clock } = home()
    clock.aheadMs = 3_600_000
    const ahead = await runs().open(job, HEAD)
    clock.aheadMs = 0
    expect(ahead.kind).toBe('busy')
    await run.finish('done', null)
  })

  test('the same review is one run, whoever asks and however often', async () => {
    const job = reviewJob()
    const first = await claim(job)
    expect(first.key).toMatch(/^[0-9a-f]{32}$/)
    await first.release()
    const again = await claim({ ...job, delivery: 'another', head: 'stale hint' })
    expect(again.key).toBe(first.key)
    expect(again.createdAt).toBe(first.createdAt)
    await again.finish('done', null)
    expect(await runs().open(job, HEAD)).toMatchObject({ kind: 'ended', runKey: first.key })
  })

  test('a run keeps the job that took it up last, and tells what it was done for', async () => {
    const job = reviewJob()
    await (await claim(job)).release()
    const asked = { kind: 'command', commentId: 5, surface: 'thread', full: false } as const
    const trigger = { ...asked, login: 'ada', userId: 1, bot: false }
    const joined = { ...job, absorbed: [{ head: '', trigger }] }
    const run = await claim(joined)
    expect(run.job).toEqual(joined)
    await run.finish('done', null)
    expect(await runs().open(job, HEAD)).toMatchObject({ kind: 'ended', job: joined })
  })

  test('a run that is called off and let go goes on for whoever wants it still', async () => {
    const job = reviewJob()
    const run = await claim(job)
    await runs().supersede(jobKey(job), null)
    expect(run.signal.aborted).toBe(true)
    await run.release()
    const again = await claim(job)
    // Long enough for the renewal that would tell it.
    await sleep(1_000)
    expect([again.key, again.signal.aborted]).toEqual([run.key, false])
    await again.finish('done', null)
  })

  test('another head, base, command, re-run, repository or installation is another run', async () => {
    const job = reviewJob()
    const person = { login: 'ada', userId: 1, bot: false }
    const command = {
      kind: 'command',
      commentId: 5,
      surface: 'thread',
      full: false,
      ...person,
    } as const
    const rerun = { kind: 'rerun', checkRunId: 5, ...person } as const
    const keys = [
      await claim(job),
      await claim(job, { ...HEAD, headSha: 'c'.repeat(40) }),
      await claim(job, { ...HEAD, baseRef: 'release' }),
      await claim({ ...job, trigger: command }),
      await claim({ ...job, trigger: { ...command, commentId: 6 } }),
      await claim({ ...job, trigger: rerun }),
      await claim({ ...job, trigger: rerun, delivery: 'pressed again' }),
      await claim({ ...job, trigger: { ...rerun, checkRunId: null } }),
      await claim({ ...job, installation: 12 }),
      await claim({ ...job, repository: { ...job.repository, id: 23 } }),
    ].map(({ key }) => key)
    expect(new Set(keys).size).toBe(10)
  })

  test('a plan is frozen once and comes back as it was', async () => {
    const job = reviewJob()
    const run = await claim(job)
    await run.freeze(plan)
    await expect(run.freeze({ ...plan, baseRef: 'other' })).rejects.toThrow('frozen already')
    await run.release()
    const next = await claim(job)
    expect(await next.plan()).toEqual(plan)
    const [listed] = await runs().ofPull(jobKey(job))
    expect(listed).toMatchObject({ state: 'planned', trigger: 'auto', epoch: 2 })
    expect(listed?.plan).toBe(JSON.stringify(plan))
  })

  test('an effect counts its sendings, knows the moment of the last one and is done once', async () => {
    const run = await claim(reviewJob())
    const first = await run.intend('post-review')
    expect(first).toMatchObject({ status: 'intended', objectId: null, attempts: 1 })
    await sleep(5)
    const second = await run.intend('post-review')
    expect(second).toMatchObject({ status: 'intended', attempts: 2 })
    expect(second.intendedAt).toBeGreaterThan(first.intendedAt)
    await run.done('post-review', '77')
    const done = { ...second, status: 'done', objectId: '77' }
    expect(await run.effect('post-review')).toEqual(done)
    expect(await run.intend('post-review')).toEqual(done)
    expect(await run.effect('resolve-thread', 'one')).toBeNull()
    await run.intend('resolve-thread', 'one')
    expect(await run.effect('resolve-thread', 'two')).toBeNull()
  })

  test('an effect that is found before it was ever intended is recorded as done', async () => {
    const run = await claim(reviewJob())
    await run.done('open-check', '5')
    expect(await run.effect('open-check')).toMatchObject({ status: 'done', objectId: '5' })
  })

  test('a withdrawn intent counts as no sending, and nothing that is done can be withdrawn', async () => {
    const run = await claim(reviewJob())
    await run.withdraw('post-review')
    await run.intend('post-review')
    const second = await run.intend('post-review')
    await run.withdraw('post-review')
    expect(await run.effect('post-review')).toEqual({ ...second, attempts: 1 })
    await run.withdraw('post-review')
    expect(await run.effect('post-review')).toBeNull()
    await run.intend('post-review')
    await run.done('post-review', '7')
    await run.withdraw('post-review')
    expect(await run.effect('post-review')).toMatchObject({ status: 'done', objectId: '7' })
  })

  test('of a pull request the latest plan is found, whatever became of its run', async () => {
    const job = reviewJob({ repository: { id: 23, owner: 'Octo', name: 'Till', private: true } })
    const of = { owner: 'octo', name: 'till', pull: job.pull }
    const first = await claim(job)
    expect(await runs().latestPlanned(of)).toBeNull()
    await first.freeze(plan)
    await first.finish('superseded', 'there was a push')
    await sleep(5)
    const second = await claim(job, { ...HEAD, headSha: 'd'.repeat(40) })
    expect(await runs().latestPlanned(of)).toMatchObject({ runKey: first.key, state: 'superseded' })
    await second.freeze({ ...plan, draft: true })
    expect(await runs().latestPlanned(of)).toMatchObject({
      ...{ runKey: second.key, state: 'planned' },
      plan: JSON.stringify({ ...plan, draft: true }),
    })
    expect(await runs().latestPlanned({ ...of, name: 'shop' })).toBeNull()
    expect(await runs().latestPlanned({ ...of, owner: 'acme' })).toBeNull()
    expect(await runs().latestPlanned({ ...of, pull: job.pull + 1 })).toBeNull()
    await second.finish('done', null)
  })

  test('a run is found by the name that its check run carries', async () => {
    const job = reviewJob()
    const run = await claim(job)
    expect(await runs().find(run.key)).toMatchObject({ runKey: run.key, job, state: 'claimed' })
    expect(await runs().find('0'.repeat(32))).toBeNull()
  })

  test('the number of the check run is known once it is open', async () => {
    const run = await claim(reviewJob())
    expect(await run.checkRunId()).toBeNull()
    await run.intend('open-check')
    expect(await run.checkRunId()).toBeNull()
    await run.done('open-check', '123456789012')
    expect(await run.checkRunId()).toBe(123_456_789_012)
  })

  test('claim, plan and effects are one statement each', async () => {
    const job = reviewJob()
    const seen = await statementsDuring(async () => {
      const run = await claim(job)
      await run.intend('post-review')
      await run.freeze(plan)
      await run.done('post-review', '1')
    })
    const count = (start: string) => seen.filter((text) => text.startsWith(start)).length
    expect(count('update runs set epoch')).toBe(1)
    expect(count('update runs set plan')).toBe(1)
    expect(count('insert into effects')).toBe(1)
    expect(count("update effects set status = 'done'")).toBe(1)
  })

  test('superseding tells the worker at once, and it may still end its run in order', async () => {
    const job = reviewJob()
    const old = await claim(job)
    const next = await claim(job, { ...HEAD, headSha: 'c'.repeat(40) })
    const other = await claim(reviewJob())
    expect(await runs().supersede(jobKey(job), next.key)).toEqual([old.key])
    expect(old.signal.reason).toMatchObject({ code: 'run.superseded' })
    expect(next.signal.aborted).toBe(false)
    expect(other.signal.aborted).toBe(false)
    await old.intend('conclude-check')
    await old.done('conclude-check', null)
    await old.finish('superseded', 'by ccccccc')
    const listed = await runs().ofPull(jobKey(job))
    expect(listed.find(({ runKey }) => runKey === old.key)).toMatchObject({
      state: 'superseded',
      because: 'by ccccccc',
    })
  })

  test('a review that was called off starts anew when it is wanted again', async () => {
    const job = reviewJob()
    const old = await claim(job)
    await old.freeze(plan)
    await old.intend('open-check')
    await old.finish('cancelled', 'The pull request was closed.')
    const anew = await claim(job)
    expect(anew.key).not.toBe(old.key)
    expect(await anew.plan()).toBeNull()
    expect(await anew.effect('open-check')).toBeNull()
  })

  test('a run without a job is found with its open check, and ended by whoever adopts it', async () => {
    const job = reviewJob()
    const run = await claim(job)
    await run.intend('open-check')
    await run.done('open-check', '99')
    const mine = async () =>
      (await runs().openRunsWithoutEnd()).filter(({ runKey }) => runKey === run.key)
    expect(await mine()).toEqual([])
    await run.release()
    expect(await mine()).toEqual([
      {
        runKey: run.key,
        job,
        headSha: HEAD.headSha,
        state: 'dead',
        because: 'The job ended before the review did.',
        checkRunId: 99,
      },
    ])
    const adopted = await runs().adopt(run.key)
    expect(await runs().adopt(run.key)).toBeNull()
    expect(await mine()).toEqual([])
    await adopted?.intend('conclude-check')
    await adopted?.done('conclude-check', null)
    expect(await mine()).toEqual([])
    expect((await runs().adopt(run.key))?.epoch).toBe(3)
    const [listed] = await runs().ofPull(jobKey(job))
    expect(listed).toMatchObject({ state: 'dead', because: 'The job ended before the review did.' })
  })

  test('a run whose job waits in the queue is not called unfinished', async () => {
    const job = reviewJob()
    const run = await claim(job)
    await run.intend('open-check')
    await home().store.jobs.enqueue(job)
    await run.release()
    const keys = (await runs().openRunsWithoutEnd()).map(({ runKey }) => runKey)
    expect(keys).not.toContain(run.key)
  })

  test('a dead run goes on where it stopped, and closes its check once more', async () => {
    const job = reviewJob()
    const run = await claim(job)
    await run.freeze(plan)
    await run.intend('open-check')
    await run.done('open-check', '5')
    await run.intend('post-review')
    await run.intend('post-review')
    await run.release()
    await runs().openRunsWithoutEnd()
    const reaper = await runs().adopt(run.key)
    await reaper?.intend('conclude-check')
    await reaper?.done('conclude-check', null)
    const again = await claim(job)
    expect(again.key).toBe(run.key)
    expect(await again.plan()).toEqual(plan)
    expect(await again.effect('open-check')).toMatchObject({ status: 'done', objectId: '5' })
    expect(await again.effect('post-review')).toMatchObject({ status: 'intended', attempts: 0 })
    expect(await again.effect('conclude-check')).toBeNull()
    await again.finish('done', null)
    await until('it is done', async () => (await runs().ofPull(jobKey(job)))[0]?.state === 'done')
  })
})

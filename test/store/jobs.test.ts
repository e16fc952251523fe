import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Job } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { Problem } from '#core/problem'
import type { JobHandler, JobOutcome, JobTry } from '#store/jobs'
import type { OpenHome } from '../support/store-homes.ts'
import { inBothHomes, reviewJob, sleep, until } from '../support/store-homes.ts'

type Script = (job: Job, attempt: JobTry) => Promise<JobOutcome>

/** One pool of workers for the whole home; each test says what happens to its own jobs. */
function director(home: () => OpenHome) {
  const scripts = new Map<string, Script>()
  let started: Promise<void> | undefined
  const handler: JobHandler = (job, attempt) =>
    scripts.get(jobKey(job))?.(job, attempt) ?? Promise.resolve({ kind: 'done' })
  return (job: Job, script: Script) => {
    scripts.set(jobKey(job), script)
    started ??= home().store.jobs.work(handler, { reviews: 3 })
    return started
  }
}

inBothHomes((home) => {
  const on = director(home)
  const desk = () => home().store.desk
  const jobs = () => home().store.jobs
  const inState = async (job: Job, state: 'waiting' | 'delayed' | 'active' | 'dead' | 'done') =>
    (await desk().list({ state })).filter(({ key }) => key === jobKey(job))

  test('a job starts within moments of being queued', async () => {
    const job = reviewJob()
    const started = Promise.withResolvers<number>()
    await on(job, async () => {
      started.resolve(performance.now())
      return { kind: 'done' }
    })
    await sleep(200)
    const queuedAt = performance.now()
    expect(await jobs().enqueue(job)).toBe('queued')
    expect((await started.promise) - queuedAt).toBeLessThan(500)
  })

  /** Queues a job and holds it while it is active; all that are done of its pull request are seen. */
  async function heldActive(job: Job) {
    const seen: Job[] = []
    const gate = Promise.withResolvers<void>()
    await on(job, async (given) => {
      seen.push(given)
      if (seen.length === 1) await gate.promise
      return { kind: 'done' }
    })
    await jobs().enqueue(job)
    await until('the first is active', () => seen.length === 1)
    return { seen, letGo: gate.resolve }
  }

  const wish = (commentId: number) => {
    const asked = { kind: 'command', commentId, surface: 'conversation', full: false } as const
    return { ...asked, login: 'dev', userId: 11, bot: false }
  }

  test('while a job is active, of all that come only the newest runs, and only after it', async () => {
    const job = reviewJob({ head: 'first' })
    const { seen, letGo } = await heldActive(job)
    const heads = () => seen.map((given) => (given.kind === 'review' ? given.head : ''))
    expect(await jobs().enqueue({ ...job, head: 'second' })).toBe('queued')
    expect(await jobs().enqueue({ ...job, head: 'third' })).toBe('replaced')
    expect(await jobs().enqueue({ ...job, head: 'fourth' })).toBe('replaced')
    await sleep(300)
    expect(heads()).toEqual(['first'])
    letGo()
    await until('the newest ran', () => seen.length === 2)
    expect(heads()).toEqual(['first', 'fourth'])
  })

  test('a review that takes the place of one that waits knows what had asked for that one', async () => {
    const job = reviewJob({ head: 'first' })
    const { seen, letGo } = await heldActive(job)
    await jobs().enqueue({ ...job, head: '', trigger: wish(5) })
    await jobs().enqueue({ ...job, head: 'third' })
    letGo()
    await until('the newest ran', () => seen.length === 2)
    const absorbed = [{ head: '', trigger: wish(5), delivery: job.delivery }]
    expect(seen[1]).toEqual({ ...job, head: 'third', absorbed })
  })

  test('of two that are queued in the same moment one takes the place of the other, and no wish is lost', async () => {
    const job = reviewJob({ head: 'first' })
    const { seen, letGo } = await heldActive(job)
    const outcomes = await Promise.all([
      jobs().enqueue({ ...job, head: '', trigger: wish(6) }),
      jobs().enqueue({ ...job, head: 'second' }),
    ])
    expect(outcomes.toSorted()).toEqual(['queued', 'replaced'])
    letGo()
    await until('the other ran', () => seen.length === 2)
    // Which of the two came first is not said.
    expect([seen[1]]).toContainEqual(
      expect.objectContaining(
        seen[1]?.kind === 'review' && seen[1].head === 'second'
          ? { absorbed: [{ head: '', trigger: wish(6), delivery: job.delivery }] }
          : { trigger: wish(6) },
      ),
    )
  })

  test.each([
    ['while nothing waits', false],
    ['while another waits', true],
  ])('of a dozen that are queued in the same moment, %s, no wish is lost', async (_, waiting) => {
    const job = reviewJob({ head: 'first' })
    const { seen, letGo } = await heldActive(job)
    if (waiting) await jobs().enqueue({ ...job, head: '', trigger: wish(20) })
    const comments = Array.from({ length: 12 }, (__, index) => 21 + index)
    await Promise.all(
      comments.map((comment) => jobs().enqueue({ ...job, head: '', trigger: wish(comment) })),
    )
    letGo()
    await until('what was left ran', () => seen.length === 2)
    const left = seen[1]
    const wishes = left?.kind === 'review' ? [...(left.absorbed ?? []), left] : []
    const asked = wishes.map(({ trigger }) => (trigger.kind === 'command' ? trigger.commentId : 0))
    expect(asked.toSorted()).toEqual(waiting ? [20, ...comments] : comments)
  })

  test('a review that has to wait leaves what it was asked to the newer one that waits already', async () => {
    const job = reviewJob({ head: '', trigger: wish(41) })
    const seen: Job[] = []
    const gate = Promise.withResolvers<void>()
    await on(job, async (given) => {
      seen.push(given)
      if (seen.length > 1) return { kind: 'done' }
      await gate.promise
      return { kind: 'wait', delayMs: 600_000, because: 'no credit' }
    })
    await jobs().enqueue(job)
    await until('it is active', () => seen.length === 1)
    const { trigger } = reviewJob()
    await jobs().enqueue({ ...job, head: 'pushed', trigger })
    gate.resolve()
    await until('the newer ran', () => seen.length === 2)
    const absorbed = [{ head: '', trigger: wish(41), delivery: job.delivery }]
    expect(seen[1]).toEqual({ ...job, head: 'pushed', trigger, absorbed })
  })

  test('while GitHub is away a newer review of the same pull request has all its tries too', async () => {
    const job = reviewJob({ head: 'first', trigger: wish(42) })
    const seen: (readonly [string, number])[] = []
    const gate = Promise.withResolvers<void>()
    const heard: number[] = []
    await on(job, async (given, { attempt }) => {
      if (given.kind !== 'review') return { kind: 'dead', because: 'another kind' }
      seen.push([given.head, attempt])
      if (seen.length === 1) await gate.promise
      if (seen.length < 3) return { kind: 'retry', because: 'GitHub is away' }
      for (const { trigger } of [...(given.absorbed ?? []), given])
        if (trigger.kind === 'command') heard.push(trigger.commentId)
      return { kind: 'done' }
    })
    await jobs().enqueue(job)
    await until('it is active', () => seen.length === 1)
    await jobs().enqueue({ ...job, head: 'second', trigger: wish(43) })
    gate.resolve()
    await until('it is done', () => heard.length > 0)
    expect(seen).toEqual([
      ['first', 1],
      ['second', 1],
      ['second', 2],
    ])
    expect(heard).toEqual([42, 43])
    expect(await inState(job, 'dead')).toEqual([])
  })

  test('short jobs of every kind pass by a review, and kinds do not replace one another', async () => {
    const { head, trigger: _, kind: __, ...ofPull } = reviewJob()
    const { pull: ___, ...inRepository } = ofPull
    const errands: Job[] = [
      { ...ofPull, kind: 'settle', merged: true },
      { ...ofPull, kind: 'withdraw' },
      { ...inRepository, kind: 'push', branch: 'main', head },
      { version: 1, installation: 11, delivery: 'd', kind: 'installation', change: 'created' },
    ]
    const seen: Job[] = []
    for (const errand of errands) {
      await on(errand, async (given) => {
        seen.push(given)
        return { kind: 'done' }
      })
    }
    for (const errand of errands) expect(await jobs().enqueue(errand)).toBe('queued')
    await until('all are done', () => seen.length === errands.length)
    for (const errand of errands) expect(seen).toContainEqual(errand)
  })

  test('a job that keeps failing is tried with growing delays, then lies dead with its reason', async () => {
    const job = reviewJob()
    const tries: JobTry[] = []
    await on(job, async (_, attempt) => {
      tries.push(attempt)
      throw new Error(`GitHub answered 500\0\ud800${'x'.repeat(5_000)}`)
    })
    await jobs().enqueue(job)
    await until('it is dead', async () => (await inState(job, 'dead')).length === 1)
    expect(tries.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
    const [dead] = await inState(job, 'dead')
    expect(dead).toMatchObject({
      queue: 'review',
      job,
      attempts: 3,
      because: expect.stringMatching(/^GitHub answered 500\ufffdx{1900,1980}$/),
    })
  })

  test('waiting costs no attempt and remembers since when', async () => {
    const job = reviewJob()
    const tries: JobTry[] = []
    await on(job, async (_, attempt) => {
      tries.push(attempt)
      return tries.length < 5
        ? { kind: 'wait', delayMs: 1, because: 'no credit' }
        : { kind: 'done' }
    })
    await jobs().enqueue(job)
    await until('it is done', () => tries.length === 5)
    expect(tries.map(({ attempt, waits }) => [attempt, waits])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ])
    expect(new Set(tries.map(({ since }) => since)).size).toBe(1)
  })

  test('a newer job takes the place of one that waits, and starts at once', async () => {
    const job = reviewJob({ head: 'old' })
    const seen: string[] = []
    await on(job, async (given) => {
      if (given.kind === 'review') seen.push(given.head)
      return seen.length === 1
        ? { kind: 'wait', delayMs: 600_000, because: 'no credit' }
        : { kind: 'done' }
    })
    await jobs().enqueue(job)
    await until('it waits', async () => (await inState(job, 'delayed')).length === 1)
    expect(await jobs().enqueue({ ...job, head: 'new' })).toBe('replaced')
    await until('the new one ran', () => seen.length === 2)
    expect(seen).toEqual(['old', 'new'])
  })

  test('a lost lease is not held against the job', async () => {
    const job = reviewJob()
    const tries: number[] = []
    await on(job, async (_, { attempt }) => {
      tries.push(attempt)
      if (tries.length === 1) throw new Problem('run.lease-lost', 'gone', 'taken over')
      return { kind: 'done' }
    })
    await jobs().enqueue(job)
    await until('it ran again', () => tries.length === 2)
    expect(tries).toEqual([1, 1])
  })

  test('a run does not outlive the try it was opened in, and dies with its job', async () => {
    const job = reviewJob()
    const runs = home().store.runs
    const kinds: string[] = []
    await on(job, async (given) => {
      if (given.kind !== 'review') return { kind: 'done' }
      const opened = await runs.open(given, { headSha: 'h', baseRef: 'main' })
      kinds.push(opened.kind)
      return kinds.length === 1
        ? { kind: 'wait', delayMs: 1, because: 'later' }
        : { kind: 'dead', because: 'GitHub refuses the review' }
    })
    await jobs().enqueue(job)
    await until('it is dead', async () => (await inState(job, 'dead')).length === 1)
    expect(kinds).toEqual(['claimed', 'claimed'])
    const [run] = await runs.ofPull(jobKey(job))
    expect(run).toMatchObject({ state: 'dead', because: 'GitHub refuses the review' })
  })

  test('a dead job can be shown, replayed, and discarded; others are left alone', async () => {
    const job = reviewJob()
    const other = reviewJob()
    let tries = 0
    let wantedSince = 0
    const poison: Script = async (_, { since }) => {
      tries += 1
      wantedSince = since
      return { kind: 'dead', because: 'poison' }
    }
    await on(other, poison)
    await on(job, poison)
    await jobs().enqueue(job)
    await jobs().enqueue(other)
    await until('both are dead', async () => {
      return (await inState(job, 'dead')).length + (await inState(other, 'dead')).length === 2
    })
    const [dead] = await inState(job, 'dead')
    const id = dead?.id ?? ''
    expect(await desk().show(id)).toEqual(dead)
    expect(await desk().show('not-an-id')).toBeNull()
    expect(await desk().replay(randomUUID())).toBe(false)
    const replayedAt = Date.now()
    expect(await desk().replay(id)).toBe(true)
    await until('it ran and died again', async () => {
      return tries === 3 && (await inState(job, 'dead')).length === 1
    })
    expect(wantedSince).toBeGreaterThanOrEqual(replayedAt)
    expect(await inState(other, 'dead')).toHaveLength(1)
    const [again] = await inState(job, 'dead')
    expect(await desk().discard(again?.id ?? '')).toBe(true)
    expect(await desk().discard(again?.id ?? '')).toBe(false)
    expect(await inState(job, 'dead')).toEqual([])
    await on(other, async () => ({ kind: 'done' }))
    expect(await desk().replayAll()).toBeGreaterThanOrEqual(1)
    expect(await desk().list({ state: 'dead' })).toEqual([])
  })

  test('replaying a dead job beside a newer waiting one leaves only the newer', async () => {
    const job = reviewJob({ head: 'old' })
    const seen: string[] = []
    const gate = Promise.withResolvers<void>()
    await on(job, async (given) => {
      if (given.kind === 'review') seen.push(given.head)
      if (seen.length === 2) await gate.promise
      return seen.length === 1 ? { kind: 'dead', because: 'poison' } : { kind: 'done' }
    })
    await jobs().enqueue(job)
    await until('it is dead', async () => (await inState(job, 'dead')).length === 1)
    await jobs().enqueue({ ...job, head: 'busy' })
    await until('another is active', () => seen.length === 2)
    await jobs().enqueue({ ...job, head: 'newer' })
    const [dead] = await inState(job, 'dead')
    await desk().replay(dead?.id ?? '')
    expect(await inState(job, 'dead')).toEqual([])
    gate.resolve()
    await until('the newer ran', () => seen.length === 3)
    await sleep(300)
    expect(seen).toEqual(['old', 'busy', 'newer'])
  })

  test('the counts say how much waits, works and is dead', async () => {
    const job = reviewJob()
    const gate = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    await on(job, async () => {
      started.resolve()
      await gate.promise
      return { kind: 'done' }
    })
    await jobs().enqueue(job)
    await started.promise
    await jobs().enqueue(job)
    await sleep(50)
    const [review] = await desk().counts()
    expect(review).toMatchObject({ queue: 'review', waiting: 1, active: 1 })
    expect(review?.oldestWaitingMs).toBeGreaterThanOrEqual(50)
    expect(review?.oldestWaitingMs).toBeLessThan(5_000)
    gate.resolve()
  })
})

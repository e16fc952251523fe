import { describe, expect, test } from 'vitest'
import type { RepositoryRef, ReviewJob } from '#core/job/job'
import { Problem } from '#core/problem'
import type { InstallationSeen, OpenPull, Standing } from '#flow/onboarding-port'
import type { Log } from '#flow/ports'
import { type ReconcileNeeds, reconcile } from '#flow/reconcile'
import { fakeClock } from '../support/fake-run.ts'
import { problem, QUIET } from './fake-pull.ts'

const NOW = 2_000_000_000
const SINCE = NOW - 7 * 24 * 3_600_000

const repository = (id: number, name = `repo-${id}`): RepositoryRef => ({
  ...{ id, owner: 'acme', name, private: true },
})
const pull = (number: number, more: Partial<OpenPull> = {}): OpenPull => ({
  ...{ number, head: `head-${number}`, updatedAt: NOW - number * 1_000, ours: false },
  ...more,
})

/** Installations with their repositories, and those with the open pull requests of each page. */
type World = ReadonlyMap<number, ReadonlyMap<RepositoryRef, readonly (readonly OpenPull[])[]>>

const worldOf = (
  ...all: readonly (readonly [number, ...(readonly [RepositoryRef, ...OpenPull[][]])[]])[]
): World =>
  new Map(
    all.map(([id, ...of]) => [
      id,
      new Map(of.map(([repository, ...pages]) => [repository, pages])),
    ]),
  )

function stage(world: World, change: Partial<ReconcileNeeds> = {}) {
  const clock = fakeClock(NOW)
  const queue: ReviewJob[] = []
  const rested: unknown[] = []
  const standing = new Map<string, Standing>()
  const seen: InstallationSeen[] = [...world.keys()].map((id) => ({
    ...{ id, account: `account-${id}`, suspended: false },
  }))
  const needs: ReconcileNeeds = {
    async *installations() {
      yield* seen
    },
    installation: () => ({ budget: async () => ({ left: 1, resetAt: 0 }) }),
    openPulls: (id) => ({
      async *repositories() {
        yield [...(world.get(id)?.keys() ?? [])]
      },
      async *of(one) {
        yield* world.get(id)?.get(one) ?? []
      },
    }),
    halted: async () => null,
    rests: {
      left: async () => 0,
      rest: async (id, ms) => void rested.push([id, ms]),
    },
    standings: async ({ repository: { id } }, pulls) =>
      new Map(
        pulls.map(({ number, head }) => [number, standing.get(`${id}#${number}@${head}`) ?? 'new']),
      ),
    enqueue: async (job) => {
      const before = queue.findIndex((one) => one.pull === job.pull)
      if (before === -1) queue.push(job)
      standing.set(`${job.repository.id}#${job.pull}@${job.head}`, 'covered')
      return before === -1 ? 'queued' : 'replaced'
    },
    clock,
    log: QUIET,
    ...change,
  }
  const ask = (go = false) => reconcile(needs, { since: SINCE, go })
  return { ask, queue, standing, clock, seen, rested }
}

const numbers = ({ proposed }: Awaited<ReturnType<typeof reconcile>>) =>
  proposed.map((one) => one.pull)

describe('an installation that cannot be read', () => {
  const two = worldOf([1, [repository(10), [pull(1)]]], [2, [repository(20), [pull(2)]]])

  test('is named with the reason when it is suspended, and the others go on', async () => {
    const s = stage(two)
    s.seen.splice(0, 1, { id: 1, account: 'acme', suspended: true })
    const found = await s.ask()
    expect(numbers(found)).toEqual([2])
    expect(found.left).toEqual([
      { what: 'installation 1 (acme)', because: 'the app was suspended here' },
    ])
  })

  test.each(['github.gone', 'github.suspended', 'github.forbidden', 'github.refused'])(
    '%s while its repositories are listed',
    async (code) => {
      const s = stage(two, {
        openPulls: (id) => ({
          async *repositories() {
            if (id === 1) throw problem(code, 'gone')
            yield [repository(20)]
          },
          async *of() {
            yield [pull(2)]
          },
        }),
      })
      const found = await s.ask(true)
      expect([numbers(found), found.queued]).toEqual([[2], 1])
      expect(found.left).toEqual([
        { what: 'installation 1 (account-1)', because: problem(code).message },
      ])
    },
  )

  test('that GitHub limits keeps what was found before, and rests for everybody', async () => {
    const limited = new Problem('github.rate-limited', 'retry', 'wait', { retryAfterMs: 90_000 })
    const first = worldOf([1, [repository(10), [pull(1)]], [repository(11), [pull(3)]]])
    const s = stage(first, {
      openPulls: () => ({
        async *repositories() {
          yield [repository(10), repository(11), repository(12)]
        },
        async *of({ id }) {
          if (id > 10) throw limited
          yield [pull(1)]
        },
      }),
    })
    const found = await s.ask()
    expect(numbers(found)).toEqual([1])
    expect(found.left).toHaveLength(1)
    expect(s.rested).toEqual([[1, 90_000]])
  })

  test('of whose hourly limit half is used is left to the reviews, for as long as it says', async () => {
    const s = stage(two, {
      installation: (id) => ({
        budget: async () => ({ left: id === 1 ? 0.49 : 0.5, resetAt: NOW + 20 * 60_000 }),
      }),
    })
    const found = await s.ask()
    expect(numbers(found)).toEqual([2])
    expect(found.left).toEqual([
      {
        what: 'installation 1 (account-1)',
        because: 'half of the hourly limit is used: ask again in 20 minutes',
      },
    ])
  })

  test('that GitHub has asked to wait is not asked', async () => {
    const s = stage(two, { rests: { left: async (id) => (id === 1 ? 61_000 : 0), rest: fail } })
    const found = await s.ask()
    expect(numbers(found)).toEqual([2])
    expect(found.left[0]?.because).toBe('GitHub asked it to wait: ask again in 2 minutes')
  })

  test('that is halted is left out, and so is a repository', async () => {
    const s = stage(
      worldOf(
        [1, [repository(10), [pull(1)]]],
        [2, [repository(20), [pull(2)]], [repository(21), [pull(3)]]],
      ),
      {
        halted: async ({ installation, repository: one }) =>
          installation === 1 || one?.id === 20 ? 'The operator has halted it.' : null,
      },
    )
    const found = await s.ask()
    expect(numbers(found)).toEqual([3])
    expect(found.left).toEqual([
      { what: 'installation 1 (account-1)', because: 'The operator has halted it.' },
      { what: 'acme/repo-20', because: 'The operator has halted it.' },
    ])
  })

  test('is no reason to hide a failure of our own', async () => {
    for (const failure of [new Error('a bug'), problem('store.unavailable', 'retry')]) {
      const s = stage(two, { standings: () => Promise.reject(failure) })
      await expect(s.ask()).rejects.toBe(failure)
    }
  })
})

describe('a repository that cannot be read', () => {
  const three = [repository(10), repository(11), repository(12), repository(13)]
  const failing = (codes: Readonly<Record<number, string>>) =>
    stage(worldOf([1]), {
      openPulls: () => ({
        async *repositories() {
          yield three
        },
        async *of({ id }) {
          const code = codes[id]
          if (code !== undefined) throw problem(code, 'gone')
          yield [pull(id)]
        },
      }),
    })

  test('because it was taken away is named, and the others go on', async () => {
    const found = await failing({ 10: 'github.gone', 12: 'github.gone' }).ask()
    expect(numbers(found)).toEqual([11, 13])
    expect(found.left.map(({ what }) => what)).toEqual(['acme/repo-10', 'acme/repo-12'])
  })

  test('because its answers are lost is named; after two in a row nobody is asked any more', async () => {
    const once = await failing({ 10: 'github.unreachable', 12: 'github.unreachable' }).ask()
    expect(numbers(once)).toEqual([11, 13])
    const down = await failing({ 11: 'github.unreachable', 12: 'github.unreachable' }).ask()
    expect(numbers(down)).toEqual([10])
    expect(down.left.map(({ what }) => what)).toEqual([
      'acme/repo-11',
      'installation 1 (account-1)',
    ])
  })
})

describe('what is proposed', () => {
  test('is what nobody has reviewed or queued, of all installations, newest first', async () => {
    const s = stage(
      worldOf(
        [1, [repository(10), [pull(4), pull(6)], [pull(8)]]],
        [2, [repository(20, 'web'), [pull(1), pull(5)]]],
      ),
    )
    s.standing.set('10#6@head-6', 'covered')
    const found = await s.ask()
    expect(found).toEqual({
      looked: 5,
      queued: null,
      left: [],
      proposed: [
        { repository: 'acme/web', pull: 1, head: 'head-1', updatedAt: NOW - 1_000 },
        { repository: 'acme/repo-10', pull: 4, head: 'head-4', updatedAt: NOW - 4_000 },
        { repository: 'acme/web', pull: 5, head: 'head-5', updatedAt: NOW - 5_000 },
        { repository: 'acme/repo-10', pull: 8, head: 'head-8', updatedAt: NOW - 8_000 },
      ],
    })
    expect(s.queue).toEqual([])
  })

  test('does not hold our own pull requests, and none twice that moved between two pages', async () => {
    const s = stage(
      worldOf([1, [repository(10), [pull(1), pull(2, { ours: true })], [pull(1), pull(3)]]]),
    )
    const found = await s.ask()
    expect([numbers(found), found.looked]).toEqual([[1, 3], 2])
  })

  test('asks GitHub for one repository after the other, with a pause', async () => {
    const s = stage(worldOf([1, [repository(10), [pull(1)]], [repository(11), [pull(2)]]]))
    await s.ask()
    expect(s.clock.slept).toEqual([100, 100])
  })
})

describe('with --go', () => {
  test('each is queued once as an automatic review, newest first, and a second time nothing is', async () => {
    const s = stage(worldOf([1, [repository(10), [pull(2), pull(1)]]]))
    s.standing.set('10#2@head-2', 'moved')
    const found = await s.ask(true)
    expect(found.queued).toBe(2)
    expect(s.queue).toEqual(
      [
        [1, 'opened'] as const,
        // A run of an older head: it was pushed to, as the settings of the repository name it.
        [2, 'synchronize'] as const,
      ].map(([number, action]) => ({
        ...{ version: 1, kind: 'review', installation: 1, delivery: 'reconcile' },
        ...{ repository: repository(10), pull: number, head: `head-${number}` },
        trigger: { kind: 'automatic', action },
      })),
    )
    const again = await s.ask(true)
    expect([again.looked, again.proposed, again.queued]).toEqual([2, [], 0])
  })

  test('one that an event queued meanwhile is not counted', async () => {
    const s = stage(worldOf([1, [repository(10), [pull(1), pull(2)]]]), {
      enqueue: async ({ pull: number }) => (number === 1 ? 'replaced' : 'queued'),
    })
    expect((await s.ask(true)).queued).toBe(1)
  })

  test('the log says how many', async () => {
    const lines: unknown[] = []
    const log: Log = { ...QUIET, info: (...line) => void lines.push(line) }
    await stage(worldOf([1, [repository(10), [pull(1)]]]), { log }).ask(true)
    expect(lines).toEqual([[{ looked: 1, proposed: 1, queued: 1 }, 'pull requests reconciled']])
  })
})

function fail(): never {
  throw new Error('nobody should ask')
}

import type { ReviewJob } from '#core/job/job'
import type { Plan } from '#core/plan/plan'
import type { Clock, Effect, Run } from '#flow/ports'

/** A clock that only moves when somebody sleeps. */
export function fakeClock(start = 1_000_000): Clock & { readonly slept: number[] } {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    async sleep(ms) {
      slept.push(ms)
      now += Math.max(ms, 1)
    },
  }
}

/** An automatic review job of pull request 12. */
export function reviewJob(more: Partial<ReviewJob> = {}): ReviewJob {
  return {
    version: 1,
    kind: 'review',
    installation: 1,
    repository: { id: 7, owner: 'acme', name: 'shop', private: true },
    pull: 12,
    head: 'a'.repeat(40),
    trigger: { kind: 'automatic', action: 'opened' },
    delivery: '00000000-0000-4000-8000-000000000001',
    ...more,
  }
}

/** A run kept in memory, with what was recorded open to look at. */
export interface FakeRun extends Run {
  readonly effects: Map<string, Effect>
  ended: { state: string; because: string | null } | null
}

/** A run as the store keeps it; `effects` may say what an earlier attempt had recorded. */
export function fakeRun(
  clock: Clock,
  effects: Record<string, Effect> = {},
  job = reviewJob(),
): FakeRun {
  const map = new Map(Object.entries(effects))
  const name = (step: string, key?: string) => (key === undefined ? step : `${step}:${key}`)
  let stored: Plan | null = null
  const run: FakeRun = {
    key: 'f'.repeat(32),
    job,
    epoch: 1,
    signal: new AbortController().signal,
    effects: map,
    ended: null,
    plan: async () => stored,
    async freeze(plan) {
      if (stored !== null) throw new Error('the plan is frozen')
      stored = plan
    },
    effect: async (step, key) => map.get(name(step, key)) ?? null,
    async intend(step, key) {
      const known = map.get(name(step, key))
      const effect: Effect = {
        status: 'intended',
        objectId: null,
        attempts: (known?.attempts ?? 0) + 1,
        intendedAt: clock.now(),
      }
      map.set(name(step, key), effect)
      return effect
    },
    async done(step, objectId, key) {
      const known = map.get(name(step, key))
      map.set(name(step, key), {
        status: 'done',
        objectId,
        // What is found without having been sent counts as sent once, as in the store.
        attempts: known?.attempts ?? 1,
        intendedAt: known?.intendedAt ?? clock.now(),
      })
    },
    async withdraw(step, key) {
      const known = map.get(name(step, key))
      if (known?.status !== 'intended') return
      if (known.attempts <= 1) map.delete(name(step, key))
      else map.set(name(step, key), { ...known, attempts: known.attempts - 1 })
    },
    async finish(state, because) {
      run.ended = { state, because }
    },
  }
  return run
}

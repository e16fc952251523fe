import type { ReviewJob } from '#core/job/job'
import type { Plan } from '#core/plan/plan'
import type { Clock, Effect, EffectStep, Run } from '#flow/ports'

/**
 * A run that is known to this process alone, for a review that is not resumed after a crash but
 * done again. What was posted before is found by its markers, as `key` is the same for one head.
 */
export function runInMemory(clock: Clock, job: ReviewJob, key: string): Run {
  let frozen: Plan | null = null
  return {
    ...effectsInMemory(clock),
    key,
    job,
    epoch: 1,
    plan: async () => frozen,
    async freeze(plan) {
      frozen = plan
    },
    async finish() {},
  }
}

/** The effects of one try, for work whose every effect is looked for before it is brought about. */
export function effectsInMemory(
  clock: Clock,
): Pick<Run, 'effect' | 'intend' | 'done' | 'withdraw' | 'signal'> {
  const effects = new Map<string, Effect>()
  const nameOf = (step: EffectStep, key = '') => `${step} ${key}`
  return {
    signal: new AbortController().signal,
    effect: async (step, of) => effects.get(nameOf(step, of)) ?? null,
    async intend(step, of) {
      const known = effects.get(nameOf(step, of))
      const effect: Effect = {
        status: 'intended',
        objectId: null,
        attempts: (known?.attempts ?? 0) + 1,
        intendedAt: clock.now(),
      }
      effects.set(nameOf(step, of), effect)
      return effect
    },
    async done(step, objectId, of) {
      const { attempts = 1, intendedAt = clock.now() } = effects.get(nameOf(step, of)) ?? {}
      effects.set(nameOf(step, of), { status: 'done', objectId, attempts, intendedAt })
    },
    async withdraw(step, of) {
      effects.delete(nameOf(step, of))
    },
  }
}

import { Problem } from '#core/problem'
import type { Clock, Effect, EffectStep, Run } from '#flow/ports'

/** GitHub has no idempotency keys, so a write is sent twice at most before the job sleeps, */
const AT_ONCE = 2
/** and then only after looking for it twice as long as before. What is refused for good ends here. */
const MAX_ATTEMPTS = 4
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000

/** How one effect is found again and how it is written. Both speak of the object's id. */
export interface EffectOnce {
  readonly step: EffectStep
  /** Tells effects of one step apart. */
  readonly key?: string
  find(): Promise<string | null>
  write(): Promise<string>
}

interface Needs {
  readonly run: Pick<Run, 'effect' | 'intend' | 'done' | 'withdraw' | 'signal'>
  readonly clock: Clock
  /** How long a new object may stay invisible to the lists that `find` reads, in milliseconds. */
  readonly visibilityMs: number
}

/**
 * Brings an effect about exactly once, whatever crashed before: intent, look, write, record. An
 * effect that was intended and not recorded may have happened, and may not be visible yet, so it
 * is looked for until the visibility time has passed; only then is it written again.
 *
 * @throws Problem `effect.unresolved` when two writes left no trace: to `retry` after a longer time,
 *   and to be `told` after four
 */
export async function effectOnce(needs: Needs, effect: EffectOnce): Promise<string> {
  const { run } = needs
  const known = await run.effect(effect.step, effect.key)
  if (known?.status === 'done' && known.objectId !== null) return known.objectId
  const seen =
    known !== null && known.attempts < AT_ONCE
      ? await findWithPatience(needs, effect, known.intendedAt)
      : await effect.find()
  if (seen !== null) return record(run, effect, seen)
  if (known !== null) refuseAnother(needs, effect, known)
  return writeOrFind(needs, effect)
}

async function writeOrFind(needs: Needs, effect: EffectOnce): Promise<string> {
  const intent = await needs.run.intend(effect.step, effect.key)
  try {
    return await record(needs.run, effect, await effect.write())
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    if (failure.code !== 'github.ambiguous') {
      await needs.run.withdraw(effect.step, effect.key)
      throw failure
    }
  }
  const seen = await findWithPatience(needs, effect, needs.clock.now())
  if (seen !== null) return record(needs.run, effect, seen)
  refuseAnother(needs, effect, intent)
  return writeOrFind(needs, effect)
}

/** Throws where a write that left no trace may not be repeated, or not yet. */
function refuseAnother(
  { clock, visibilityMs }: Needs,
  effect: EffectOnce,
  { attempts, intendedAt }: Pick<Effect, 'attempts' | 'intendedAt'>,
): void {
  if (attempts < AT_ONCE) return
  const sent = `${effect.step} was sent ${attempts} times and left no trace on GitHub`
  if (attempts >= MAX_ATTEMPTS) {
    const mend = 'look at the pull request, then replay the job.'
    throw new Problem('effect.unresolved', 'told', `${sent}; ${mend}`)
  }
  const restMs = intendedAt + visibilityMs * 2 ** (attempts - 1) - clock.now()
  if (restMs <= 0) return
  throw new Problem('effect.unresolved', 'retry', `${sent} yet`, { retryAfterMs: restMs })
}

async function record(run: Needs['run'], effect: EffectOnce, objectId: string): Promise<string> {
  await run.done(effect.step, objectId, effect.key)
  return objectId
}

async function findWithPatience(
  { clock, visibilityMs, run }: Needs,
  effect: EffectOnce,
  since: number,
): Promise<string | null> {
  let wait = FIRST_WAIT_MS
  while (true) {
    const late = clock.now() >= since + visibilityMs
    const seen = await effect.find()
    if (seen !== null || late) return seen
    await clock.sleep(Math.min(wait, Math.max(0, since + visibilityMs - clock.now())), run.signal)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }
}

import { Problem } from '#core/problem'
import type { Clock, EffectStep, Run } from '#flow/ports'

/** GitHub has no idempotency keys, so a write is sent at most twice in the life of a run. */
const MAX_ATTEMPTS = 2
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
 * @throws Problem `effect.unresolved` when two writes left no trace
 */
export async function effectOnce(needs: Needs, effect: EffectOnce): Promise<string> {
  const { run } = needs
  const known = await run.effect(effect.step, effect.key)
  if (known?.status === 'done' && known.objectId !== null) return known.objectId
  const seen =
    known === null ? await effect.find() : await findWithPatience(needs, effect, known.intendedAt)
  if (seen !== null) return record(run, effect, seen)
  if (known !== null && known.attempts >= MAX_ATTEMPTS) throw unresolved(effect)
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
  if (intent.attempts >= MAX_ATTEMPTS) throw unresolved(effect)
  return writeOrFind(needs, effect)
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

function unresolved(effect: EffectOnce): Problem {
  return new Problem(
    'effect.unresolved',
    'told',
    `${effect.step} was sent twice and left no trace on GitHub; look at the pull request, then replay the job.`,
  )
}

import { Problem } from '#core/problem'
import { codeSpan } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'
import { type EffectOnce, effectOnce } from '#flow/effect-once'
import type { Clock, Run } from '#flow/ports'
import type { CheckOutput, PullRequest } from '#flow/pull-request-port'

/** What the check run of a review needs from the world. */
export interface CheckNeeds {
  readonly pull: Pick<PullRequest, 'status'>
  readonly run: Run
  readonly clock: Clock
  readonly visibilityMs: number
}

/**
 * Opens the check run of this run, once: a restart finds it by its external id. A check whose
 * conclusion is known from the start is created completed. Null where the app may not write
 * checks: then the review goes on without one.
 */
export async function openCheck(
  needs: CheckNeeds,
  headSha: string,
  output: CheckOutput,
): Promise<number | null> {
  return (await findOrCreate(needs, headSha, output))?.id ?? null
}

interface FoundCheck {
  readonly id: number
  /** By this very call, so it says already what `output` says. */
  readonly created: boolean
}

async function findOrCreate(
  needs: CheckNeeds,
  headSha: string,
  output: CheckOutput,
): Promise<FoundCheck | null> {
  return ifPermitted(() => findOrMake(needs, headSha, output))
}

/** An installation may lack the permission, or lose it at any time; then there is no check. */
async function ifPermitted<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'github.forbidden') return null
    throw failure
  }
}

async function findOrMake(
  { pull, run, clock, visibilityMs }: CheckNeeds,
  headSha: string,
  output: CheckOutput,
): Promise<FoundCheck> {
  let created = false
  const effect: EffectOnce = {
    step: 'open-check',
    find: async () => {
      const checks = await pull.status.ownChecks(headSha)
      return checks.find((check) => check.externalId === run.key)?.id.toString() ?? null
    },
    write: async () => {
      const startedAt = new Date(clock.now()).toISOString()
      const check = { ...output, headSha, externalId: run.key, startedAt }
      const id = await pull.status.createCheck(check)
      created = true
      return String(id)
    },
  }
  const id = await effectOnce({ run, clock, visibilityMs }, effect)
  return { id: Number(id), created }
}

/** Completes the check run of this run, and opens it first where it never was. */
export async function concludeCheck(
  needs: CheckNeeds,
  headSha: string,
  output: CheckOutput,
): Promise<void> {
  const { pull, run } = needs
  if ((await run.effect('conclude-check'))?.status === 'done') return
  const check = await findOrCreate(needs, headSha, output)
  if (check === null) return run.done('conclude-check', null)
  const { id, created } = check
  const sent = await run.effect('conclude-check')
  await run.intend('conclude-check')
  // An update may be repeated freely, and one of a check that was only found may be needed.
  if (!created)
    await ifPermitted(async () =>
      pull.status.updateCheck(id, sent === null ? output : await again(needs, headSha, id, output)),
    )
  await run.done('conclude-check', String(id))
}

/** GitHub adds annotations up: a repeated update must not bring them twice. */
async function again(
  { pull }: CheckNeeds,
  headSha: string,
  id: number,
  output: CheckOutput,
): Promise<CheckOutput> {
  const known = (await pull.status.ownChecks(headSha)).find((check) => check.id === id)
  return (known?.annotationCount ?? 0) > 0 ? { ...output, annotations: [] } : output
}

/** Says that the model cannot be reached yet, and why in its own words, on the check that is open. */
export async function tellWaiting(
  needs: CheckNeeds,
  headSha: string,
  because: string,
): Promise<void> {
  const output = {
    conclusion: null,
    title: 'Waiting for the model',
    summary: codeSpan(clip(because, 1_000)),
  }
  const id = await openCheck(needs, headSha, output)
  if (id !== null) await ifPermitted(() => needs.pull.status.updateCheck(id, output))
}

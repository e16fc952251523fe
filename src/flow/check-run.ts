import { codeSpan } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'
import { effectOnce } from '#flow/effect-once'
import type { CheckOutput, Clock, PullRequest, Run } from '#flow/ports'

/** What the check run of a review needs from the world. */
export interface CheckNeeds {
  readonly pull: PullRequest
  readonly run: Run
  readonly clock: Clock
  readonly visibilityMs: number
}

/**
 * Opens the check run of this run, once: a restart finds it by its external id. A check whose
 * conclusion is known from the start is created completed.
 */
export async function openCheck(
  needs: CheckNeeds,
  headSha: string,
  output: CheckOutput,
): Promise<number> {
  const { pull, run, clock } = needs
  const id = await effectOnce(needs, {
    step: 'open-check',
    find: async () => {
      const checks = await pull.status.ownChecks(headSha)
      return checks.find((check) => check.externalId === run.key)?.id.toString() ?? null
    },
    write: async () => {
      const startedAt = new Date(clock.now()).toISOString()
      return String(
        await pull.status.createCheck({ ...output, headSha, externalId: run.key, startedAt }),
      )
    },
  })
  return Number(id)
}

/** Completes the check run of this run, and opens it first where it never was. */
export async function concludeCheck(
  needs: CheckNeeds,
  headSha: string,
  output: CheckOutput,
): Promise<void> {
  const { pull, run } = needs
  if ((await run.effect('conclude-check'))?.status === 'done') return
  const opened = await run.effect('open-check')
  const id = await openCheck(needs, headSha, output)
  await run.intend('conclude-check')
  // Created completed just now, it says everything already; else the update may be repeated freely.
  const adopted = (await run.effect('open-check'))?.attempts === 0
  if (opened !== null || adopted) await pull.status.updateCheck(id, output)
  await run.done('conclude-check', String(id))
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
  await needs.pull.status.updateCheck(id, output)
}

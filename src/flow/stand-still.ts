import { REVIEW_ACTION } from '#core/job/check-actions'
import { jobKey } from '#core/job/job'
import { pausedCheck } from '#core/render/pause-words'
import { type CheckNeeds, concludeCheck } from '#flow/check-run'
import type { Pauses } from '#flow/conversation-port'

/**
 * Ends a run that nobody asked for while its pull request is paused, with a check that says so.
 * What had begun before the pause is finished: half a review is worse than one too many.
 *
 * @returns why there is no review; null when there is one
 */
export async function standStill(
  needs: CheckNeeds,
  pauses: Pick<Pauses, 'of'>,
  headSha: string,
): Promise<string | null> {
  const { run } = needs
  if (run.job.trigger.kind !== 'automatic') return null
  const pause = await pauses.of(jobKey(run.job))
  if (pause?.paused !== true) return null
  if ((await run.plan()) !== null) return null
  const summary = pausedCheck(pause)
  const output = { conclusion: 'neutral', title: 'Paused', summary } as const
  await concludeCheck(needs, headSha, { ...output, actions: [REVIEW_ACTION] })
  await run.finish('done', 'paused')
  return 'paused'
}

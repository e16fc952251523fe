import { RESUME_ACTION, REVIEW_ACTION } from '#core/job/check-actions'
import { jobKey, type ReviewJob } from '#core/job/job'
import type { CarriedState, Plan } from '#core/plan/plan'
import { pausedCheck } from '#core/render/pause-words'
import type { Press } from '#flow/acknowledge'
import { type CheckNeeds, concludeCheck } from '#flow/check-run'
import type { Pauses } from '#flow/conversation-port'
import type { Clock, Runs } from '#flow/ports'

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
  await concludeCheck(needs, headSha, { ...output, actions: [REVIEW_ACTION, RESUME_ACTION] })
  await run.finish('done', 'paused')
  return 'paused'
}

/**
 * The button of a paused check: whoever may ask for a review lets automatic ones go on. A press
 * whose review had begun ends no later pause.
 */
export async function resumeByButton(
  { pauses, clock, runs }: PauseNeeds & { readonly runs: Pick<Runs, 'ofPull'> },
  job: ReviewJob,
  presses: readonly Press[],
): Promise<void> {
  const resuming = presses.filter(({ trigger }) => trigger.resumes === true)
  if (resuming.length === 0) return
  const pause = await pauses.of(jobKey(job))
  if (pause?.paused !== true) return
  const before = (await runs.ofPull(jobKey(job))).filter(
    (run) => run.job.trigger.kind === 'rerun' && run.createdAt < pause.at,
  )
  const press = resuming.find(
    ({ delivery }) => !before.some((run) => run.job.delivery === delivery),
  )
  if (press === undefined) return
  const { login: by } = press.trigger
  await pauses.set(jobKey(job), { paused: false, by, because: '', at: clock.now() })
}

interface PauseNeeds {
  readonly pauses: Pauses
  readonly clock: Pick<Clock, 'now'>
}

/**
 * How many reviews in a row nobody asked for, this one included, and whether they are enough. A
 * person who asks for one, or lets automatic reviews go on, starts the count anew.
 */
export async function countAutomatic(
  { pauses }: PauseNeeds,
  job: ReviewJob,
  { latest, most }: { readonly latest: Plan | null; readonly most: number },
): Promise<Pick<CarriedState, 'automatic' | 'pauses'>> {
  if (job.trigger.kind !== 'automatic') return { automatic: 0, pauses: false }
  const said = await pauses.of(jobKey(job))
  const resumed = said !== null && !said.paused && said.at > (latest?.carried.at ?? 0)
  const automatic = (resumed ? 0 : (latest?.carried.automatic ?? 0)) + 1
  return { automatic, pauses: automatic >= most }
}

/** Pauses a pull request after as many automatic reviews as its repository wants. */
export async function pauseAfterMany(
  { pauses, clock }: PauseNeeds,
  job: ReviewJob,
  { carried }: Plan,
): Promise<void> {
  if (!carried.pauses) return
  const because = `${carried.automatic} reviews of it came without being asked for`
  await pauses.set(jobKey(job), { paused: true, by: null, because, at: clock.now() })
}

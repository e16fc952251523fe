import type { ReviewJob } from '#core/job/job'
import type { Plan } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { codeSpan } from '#core/render/safe-markdown'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, type Settings } from '#core/settings/settings'
import { clip } from '#core/text/lines'
import { redact } from '#core/text/redact'
import { type CheckNeeds, concludeCheck } from '#flow/check-run'
import type { Log, Run } from '#flow/ports'
import type { CheckOutput, PullRequest } from '#flow/pull-request-port'

/** A run that ended, or whose job did, and whose check run may still be open. */
export interface UnfinishedRun {
  readonly runKey: string
  readonly job: ReviewJob
  readonly headSha: string
  readonly state: string
  readonly because: string | null
}

/** What the runs can say about such checks. */
export interface UnfinishedRuns {
  openRunsWithoutEnd(): Promise<readonly UnfinishedRun[]>
  /** Takes one over; null when somebody else has. */
  adopt(runKey: string): Promise<Run | null>
}

/** What concluding needs from the world. */
export interface ConcludeNeeds extends Omit<CheckNeeds, 'pull' | 'run'> {
  readonly runs: UnfinishedRuns
  readonly pullRequest: (job: ReviewJob) => PullRequest
  readonly log: Log
}

/**
 * Completes the checks that nobody works on any more: a required check that stays open blocks a
 * merge for two weeks. One that cannot be completed now is tried again the next time; one whose
 * pull request is out of reach for good is let go.
 */
export async function concludeUnfinished(needs: ConcludeNeeds): Promise<void> {
  for (const unfinished of await needs.runs.openRunsWithoutEnd()) {
    try {
      await conclude(needs, unfinished)
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      needs.log.warn({ run: unfinished.runKey, because: failure.message }, 'check not concluded')
    }
  }
}

async function conclude(needs: ConcludeNeeds, unfinished: UnfinishedRun): Promise<void> {
  const { runKey, job, headSha, state } = unfinished
  const run = await needs.runs.adopt(runKey)
  if (run === null) return
  const pull = needs.pullRequest(job)
  try {
    if ((await run.effect('open-check')) !== null) {
      await concludeCheck({ ...needs, run, pull }, headSha, await outputOf(pull, run, unfinished))
    } else {
      await run.done('conclude-check', null)
    }
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.kind !== 'gone') throw failure
    // A suspended installation comes back, and its checks are there still.
    if (failure.code === 'github.suspended') throw failure
    await run.done('conclude-check', null)
  }
  needs.log.info({ run: runKey, state }, 'check concluded')
}

/** What a check says of a review that did not come to its end. */
async function outputOf(
  pull: PullRequest,
  run: Run,
  { state, because }: UnfinishedRun,
): Promise<CheckOutput & { conclusion: NonNullable<CheckOutput['conclusion']> }> {
  const reason = redact(because ?? `the review was ${state}`).text
  if (state !== 'dead') {
    const title = clip(`Called off: ${reason}`, 255)
    return { conclusion: 'cancelled', title, summary: codeSpan(reason) }
  }
  const plan = await planOf(run)
  const conclusion = plan?.check.conclusion === 'failure' ? 'failure' : await onError(pull)
  const title = plan === null ? 'Not reviewed' : `${plan.check.title}, not posted in full`
  const replay = 'An operator can replay it with `tech-lead jobs replay`.'
  const words = `The review failed several times: ${codeSpan(clip(reason, 1_000))}. ${replay}`
  return {
    conclusion,
    title: clip(`${title}: ${reason}`, 255),
    summary: plan === null ? words : `${words}\n\n${plan.check.summary}`,
  }
}

/** What was going to be said; a plan that cannot be read any more says nothing. */
async function planOf(run: Run): Promise<Plan | null> {
  try {
    return await run.plan()
  } catch (failure) {
    if (failure instanceof Problem && failure.kind === 'told') return null
    throw failure
  }
}

/** What the repository wants of a review that failed. Unknown settings are the default ones. */
async function onError(pull: PullRequest): Promise<Settings['review']['on_error']> {
  const { trusted } = await pull.reader.opening()
  const settings = trusted.settings === null ? null : parseSettings(trusted.settings)
  return (settings?.ok === true ? settings.value : DEFAULT_SETTINGS).review.on_error
}

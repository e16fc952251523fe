import type { ReviewJob } from '#core/job/job'
import { Problem } from '#core/problem'
import { type CheckNeeds, concludeCheck } from '#flow/check-run'
import type { Log, PullRequest, Run } from '#flow/ports'

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
 * merge for two weeks. One that cannot be completed now is tried again the next time.
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
  const because = unfinished.because ?? `the review was ${state}`
  const dead = state === 'dead'
  const world = { ...needs, run, pull: needs.pullRequest(job) }
  if ((await run.effect('open-check')) !== null) {
    await concludeCheck(world, headSha, {
      conclusion: dead ? 'neutral' : 'cancelled',
      title: (dead ? `Not reviewed: ${because}` : `Called off: ${because}`).slice(0, 255),
      summary: dead
        ? 'The review failed several times. An operator can replay it with `tech-lead jobs replay`.'
        : because,
    })
  } else {
    await run.done('conclude-check', null)
  }
  needs.log.info({ run: runKey, state }, 'check concluded')
}

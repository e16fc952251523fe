import type { ReviewJob } from '#core/job/job'
import type { MarkerKeys } from '#core/render/marker'
import type { Pauses, Reports } from '#flow/conversation-port'
import type { ExamineNeeds } from '#flow/examine'
import type { Gathered, Shipped } from '#flow/gather'
import type { LimitNeeds } from '#flow/limit-commands'
import type { Clock, Log, PendingLearnings, Run, Runs } from '#flow/ports'
import type { TurnNeeds } from '#flow/publish'
import type { PullRequest } from '#flow/pull-request-port'

/** What reviewing pull requests needs from the world. */
export interface ReviewNeeds extends LimitNeeds, Shipped, TurnNeeds {
  readonly pullRequest: (job: ReviewJob) => PullRequest
  readonly runs: Runs
  readonly pauses: Pauses
  readonly reports: Pick<Reports, 'latest'>
  readonly pending: (job: ReviewJob) => PendingLearnings
  /** Has what waits for a repository's branch written soon. */
  readonly writeLater: (job: ReviewJob) => Promise<unknown>
  /** What an examination needs; the budget and the signal are those of the run. */
  readonly examineNeeds: (run: Run, gathered: Gathered) => ExamineNeeds
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly visibilityMs: number
  /** How long a review waits for an unreachable model before it is posted without it. */
  readonly modelWaitMs: number
  readonly markerKeys: MarkerKeys
}

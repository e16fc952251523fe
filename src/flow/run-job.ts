import { assertNever } from '#core/exhaustive'
import { type Job, jobKey, type ReviewJob } from '#core/job/job'
import { Problem } from '#core/problem'
import { answerCommand } from '#flow/answer-command'
import type { AnswerNeeds, CommandJob } from '#flow/answering'
import { type AuditJob, type AuditNeeds, auditRepository } from '#flow/audit-repository'
import { coverMergeGroup } from '#flow/cover-merge-group'
import { endForgottenChecks } from '#flow/end-forgotten-checks'
import { type FirstLookJob, type FirstLookNeeds, firstLook } from '#flow/first-look'
import type { PullRequest, StatusWriter } from '#flow/pull-request-port'
import { followReach, type Reach } from '#flow/reach'
import { rerunReview } from '#flow/rerun-review'
import type { ReviewNeeds } from '#flow/review-needs'
import { reviewPullRequest } from '#flow/review-pull-request'
import { type SettleNeeds, settlePullRequest } from '#flow/settle-pull-request'
import { type WriteDueNeeds, writeDue } from '#flow/write-due'

/**
 * How one try of a job ended. `retry` counts as an attempt, `wait` does not. `limited`: GitHub asked
 * to wait, and means everything that the installation does.
 */
export type JobEnd =
  | { readonly kind: 'done'; readonly because: string }
  | { readonly kind: 'retry'; readonly because: string }
  | {
      readonly kind: 'wait'
      readonly delayMs: number
      readonly because: string
      readonly limited?: true
    }
  | { readonly kind: 'dead'; readonly because: string }

/** What the jobs need from the world. */
export interface JobNeeds {
  readonly review: ReviewNeeds
  readonly settle: (job: Extract<Job, { kind: 'settle' }>) => SettleNeeds
  readonly conversation: (job: CommandJob) => PullRequest
  readonly answering: AnswerNeeds
  readonly due: (job: Extract<Job, { kind: 'memory' }>) => WriteDueNeeds
  readonly status: (job: Extract<Job, { kind: 'merge-group' | 'settle' }>) => StatusWriter
  readonly firstLook: (job: FirstLookJob) => FirstLookNeeds
  readonly audit: (job: AuditJob) => AuditNeeds
  readonly reach: Reach
  readonly agent: string
  readonly enqueue: (job: Job) => Promise<unknown>
}

/** A limit asks for more than this: the job sleeps, so that its worker does not. */
const SHORT_WAIT_MS = 2_000

/** A suspended installation tells when it is resumed; this is for the day that tidings get lost. */
const SUSPENDED_MS = 6 * 3_600_000
/** After that nobody waits for the work any more. */
const LONGEST_SUSPENSION_MS = 7 * 24 * 3_600_000

/** The worker was taken off its work, and the work is still wanted: the queue gives it out again. */
const NO_FAULT: ReadonlySet<string> = new Set(['run.draining', 'run.lease-lost'])

/**
 * Does the work of one job. The one place where failures become outcomes; what is not a Problem is
 * a bug and is thrown, and so is what took the worker off its work.
 *
 * @param since when the job was first queued, in milliseconds since the epoch
 */
export async function runJob(needs: JobNeeds, job: Job, since: number): Promise<JobEnd> {
  try {
    return await work(needs, job, since)
  } catch (failure) {
    if (!(failure instanceof Problem) || NO_FAULT.has(failure.code)) throw failure
    const waitedMs = needs.review.clock.now() - since
    if (failure.code === 'github.suspended' && waitedMs < LONGEST_SUSPENSION_MS)
      return { kind: 'wait', delayMs: SUSPENDED_MS, because: failure.message }
    return endOf(failure)
  }
}

async function work(needs: JobNeeds, job: Job, since: number): Promise<JobEnd> {
  const { review } = needs
  switch (job.kind) {
    case 'review':
      return reviewPullRequest(review, job, since)
    case 'settle': {
      await review.runs.supersede(jobKey(asReview(job)), null)
      const forgotten = { ...review, status: needs.status(job) }
      await endForgottenChecks(forgotten, job, job.head === undefined ? [] : [job.head])
      const settled = await settlePullRequest(needs.settle(job), job, needs.agent)
      return done(`memory ${settled.kind}`)
    }
    case 'withdraw':
      await review.runs.supersede(jobKey(asReview(job)), null)
      return done('the pull request became a draft')
    case 'command':
      return done(await answerCommand(needs.answering, needs.conversation(job), job, since))
    case 'memory': {
      const due = await writeDue(needs.due(job), needs.agent)
      if (due.kind === 'later') return { ...due, kind: 'wait', because: 'the memory is paced' }
      return done(due.kind === 'written' ? 'memory written' : `memory kept: ${due.because}`)
    }
    case 'merge-group':
      return done(await coverMergeGroup(needs.status(job), job.head, review.clock.now()))
    case 'rerun':
      return done(await rerunReview({ runs: review.runs, enqueue: needs.enqueue }, job))
    case 'push':
      return done('nothing is kept that would have to change')
    case 'first-look':
      return firstLook(needs.firstLook(job), job)
    case 'audit':
      return auditRepository(needs.audit(job), job)
    case 'installation':
    case 'repositories':
    case 'repository':
      return done(await followReach(needs.reach, job))
    default:
      return assertNever(job)
  }
}

function done(because: string): JobEnd {
  return { kind: 'done', because }
}

/** Runs are named by the pull request, whatever job speaks of it. */
function asReview(
  job: Pick<ReviewJob, 'installation' | 'repository' | 'pull' | 'delivery'>,
): ReviewJob {
  const trigger = { kind: 'automatic', action: 'closed' } as const
  return { ...job, version: 1, kind: 'review', head: '', trigger }
}

function endOf(problem: Problem): JobEnd {
  const because = problem.message
  switch (problem.kind) {
    case 'gone':
      return done(because)
    case 'told':
      return { kind: 'dead', because }
    case 'retry': {
      const delayMs = problem.retryAfterMs
      if (delayMs === null) return { kind: 'retry', because }
      return {
        ...{ kind: 'wait', delayMs: Math.max(delayMs, SHORT_WAIT_MS), because },
        ...(problem.code === 'github.rate-limited' ? { limited: true } : {}),
      }
    }
    default:
      return assertNever(problem.kind)
  }
}

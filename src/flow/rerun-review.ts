import type { Job } from '#core/job/job'
import type { Runs } from '#flow/ports'

type RerunJob = Extract<Job, { kind: 'rerun' }>

/** What a re-run needs whose pull request the event did not name. */
export interface RerunNeeds {
  readonly runs: Pick<Runs, 'pullsOf'>
  readonly enqueue: (job: Job) => Promise<unknown>
}

/**
 * Leads a re-run back to its pull request, by the run that its check names or by its head, and
 * queues the review: who pressed the button is asked about there.
 */
export async function rerunReview({ runs, enqueue }: RerunNeeds, job: RerunJob): Promise<string> {
  const { kind: _, head, externalId, checkRunId, login, userId, bot, resumes, ...origin } = job
  const { installation, repository } = job
  const pulls = await runs.pullsOf({ installation, repository: repository.id, externalId, head })
  for (const pull of pulls) {
    const asked = { checkRunId, login, userId, bot, ...(resumes ? { resumes } : {}) }
    const trigger = { kind: 'rerun', ...asked } as const
    await enqueue({ ...origin, kind: 'review', pull, head, trigger })
  }
  return pulls.length === 0
    ? 'no pull request is known for this check run'
    : `queued for ${pulls.map((pull) => `#${pull}`).join(', ')}`
}

import { createHash } from 'node:crypto'
import type { ReviewJob } from '#core/job/job'

/** What a review is of: the same key means the same review, however often it is asked for. */
export function reviewKey(job: ReviewJob, headSha: string, baseRef: string): string {
  const { installation, repository, pull } = job
  return JSON.stringify([installation, repository.id, pull, headSha, baseRef, triggerKey(job)])
}

/** `auto`, `cmd:<comment id>` or `rerun:<check run id>:<delivery>`: each command is a wish of its own. */
export function triggerKey({ trigger, delivery }: ReviewJob): string {
  switch (trigger.kind) {
    case 'automatic':
      return 'auto'
    case 'command':
      return `cmd:${trigger.commentId}`
    case 'rerun':
      return `rerun:${trigger.checkRunId ?? 'suite'}:${delivery}`
    default:
      return trigger satisfies never
  }
}

/**
 * The public name of a run, 32 hex digits: a check run's external id, a commit's trailer.
 * `generation` counts how often the same review was taken up again after it had been called off.
 */
export function runKey(key: string, generation: number): string {
  return createHash('sha256').update(`${key}\n${generation}`).digest('hex').slice(0, 32)
}

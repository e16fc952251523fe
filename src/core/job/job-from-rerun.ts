import { type EventDecision, ignored, type RepositoryEvent } from '#core/job/event-decision'
import { askerOf, type EventCheck } from '#core/job/event-fields'

/**
 * Decides what a press of a re-run button asks for. GitHub names the pull request only where its
 * head is in the same repository and no other shares it; else the check run's external id or the
 * head has to lead back to it. `resumes`: automatic reviews of a paused pull request go on.
 */
export function jobFromRerun(
  check: EventCheck | null,
  checkRunId: number | null,
  { fields, self, origin }: RepositoryEvent,
  resumes = false,
): EventDecision {
  if (check === null || !check.head_sha) {
    return ignored('the check has no head')
  }
  if (check.app?.id !== self.appId) {
    return ignored('the check is another app’s')
  }
  const asker = askerOf(fields.sender)
  if (asker === null) {
    return ignored('nobody is named who could ask for a re-run')
  }
  const head = check.head_sha
  const asked = { checkRunId, ...asker, ...(resumes ? { resumes: true as const } : {}) }
  const pulls = check.pull_requests
    .filter((pull) => pull?.base?.repo?.id === origin.repository.id)
    .flatMap((pull) => pull?.number ?? [])
  const [pull, another] = pulls
  if (pull === undefined || another !== undefined) {
    const externalId = check.external_id || null
    return {
      kind: 'job',
      job: { ...origin, kind: 'rerun', head, externalId, ...asked },
    }
  }
  const trigger = { kind: 'rerun', ...asked } as const
  return { kind: 'job', job: { ...origin, kind: 'review', pull, head, trigger } }
}

/**
 * The webhook events that the app acts on, as `event.action`, or the event alone where GitHub
 * sends no action. Everything else is answered and dropped before it reaches the store: an app
 * with write access to checks is sent a check_suite event for every push in every repository,
 * whether it asked or not.
 */
export const HANDLED_EVENTS = [
  'pull_request.opened',
  'pull_request.reopened',
  'pull_request.synchronize',
  'pull_request.ready_for_review',
  'pull_request.converted_to_draft',
  'pull_request.closed',
  'pull_request.edited',
  'issue_comment.created',
  'pull_request_review_comment.created',
  'check_run.rerequested',
  'check_run.requested_action',
  'check_suite.rerequested',
  'merge_group.checks_requested',
  'push',
  'installation.created',
  'installation.deleted',
  'installation.suspend',
  'installation.unsuspend',
  'installation.new_permissions_accepted',
  'installation_repositories.added',
  'installation_repositories.removed',
  'repository.renamed',
  'repository.transferred',
  'repository.deleted',
  'repository.archived',
  'repository.privatized',
  'repository.publicized',
] as const
export type HandledEvent = (typeof HANDLED_EVENTS)[number]

const handled: ReadonlySet<string> = new Set(HANDLED_EVENTS)

/** Whether a delivery is worth storing. */
export function isHandled(event: string, action: string | null): boolean {
  return handled.has(action === null ? event : `${event}.${action}`)
}

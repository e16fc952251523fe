import { RESUME_ACTION, REVIEW_ACTION } from '#core/job/check-actions'
import {
  type EventDecision,
  ignored,
  isSelf,
  type RepositoryEvent,
  type Self,
} from '#core/job/event-decision'
import { EventFields, repositoryOf } from '#core/job/event-fields'
import { HANDLED_EVENTS, type HandledEvent } from '#core/job/handled-events'
import { jobFromComment } from '#core/job/job-from-comment'
import { jobFromRerun } from '#core/job/job-from-rerun'

/** A webhook event whose signature was checked, with the payload as it came. */
export interface WebhookEvent {
  /** The delivery's GUID. */
  readonly delivery: string
  /** As in `pull_request`. */
  readonly event: string
  readonly payload: unknown
}

/**
 * Decides what a webhook event asks for. The payload is a hint that may be late, reordered or
 * replayed under another name, so a job says only where to look; it never throws.
 */
export function jobFromEvent(event: WebhookEvent, self: Self): EventDecision {
  const read = EventFields.safeParse(event.payload)
  if (!read.success) {
    return ignored('the payload is not an object')
  }
  const fields = read.data
  const name = handledEvent(event.event, fields.action)
  if (name === null) {
    return ignored('the app does not act on this event')
  }
  if (isSelf(fields.sender, self)) {
    return ignored('the app caused it itself')
  }
  const installation = fields.installation?.id ?? null
  if (installation === null) {
    return ignored('no installation is named: it did not come through the app')
  }
  const base = { version: 1, installation, delivery: event.delivery } as const
  const repository = repositoryOf(fields.repository)
  if (repository !== null) {
    return inRepository(name, { fields, self, origin: { ...base, repository } })
  }
  return acrossRepositories(name, fields, base)
}

function handledEvent(event: string, action: string | null): HandledEvent | null {
  const name = event === 'push' || action === null ? event : `${event}.${action}`
  return HANDLED_EVENTS.find((handled) => handled === name) ?? null
}

function inRepository(name: HandledEvent, input: RepositoryEvent): EventDecision {
  switch (name) {
    case 'pull_request.opened':
    case 'pull_request.reopened':
    case 'pull_request.synchronize':
    case 'pull_request.ready_for_review':
    case 'pull_request.converted_to_draft':
    case 'pull_request.closed':
    case 'pull_request.edited':
      return fromPullRequest(name, input)
    case 'issue_comment.created':
      return jobFromComment('conversation', input)
    case 'pull_request_review_comment.created':
      return jobFromComment('thread', input)
    case 'check_run.rerequested':
      return jobFromRerun(input.fields.check_run, input.fields.check_run?.id ?? null, input)
    case 'check_run.requested_action':
      return fromRequestedAction(input)
    case 'check_suite.rerequested':
      return jobFromRerun(input.fields.check_suite, null, input)
    case 'merge_group.checks_requested':
      return fromMergeGroup(input)
    case 'push':
      return fromPush(input)
    case 'repository.renamed':
    case 'repository.transferred':
    case 'repository.deleted':
    case 'repository.archived':
    case 'repository.privatized':
    case 'repository.publicized':
      return repositoryJob(name, input)
    default:
      return acrossRepositories(name, input.fields, input.origin)
  }
}

/** A button of our own on a check. */
function fromRequestedAction(input: RepositoryEvent): EventDecision {
  const { check_run: check, requested_action: action } = input.fields
  switch (action?.identifier) {
    case REVIEW_ACTION.identifier:
      return jobFromRerun(check, check?.id ?? null, input)
    case RESUME_ACTION.identifier:
      return jobFromRerun(check, check?.id ?? null, input, true)
    default:
      return ignored('the check has no such button')
  }
}

function fromPullRequest(
  name: Extract<HandledEvent, `pull_request.${string}`>,
  { fields, self, origin }: RepositoryEvent,
): EventDecision {
  const pull = fields.pull_request?.number ?? null
  const head = fields.pull_request?.head?.sha ?? null
  if (fields.pull_request === null || pull === null || head === null) {
    return ignored('the pull request has no number or no head')
  }
  if (isSelf(fields.pull_request.user, self)) {
    return ignored('the pull request is the app’s own')
  }
  const ofPull = { ...origin, pull }
  switch (name) {
    case 'pull_request.closed': {
      const merged = fields.pull_request.merged ?? false
      return { kind: 'job', job: { ...ofPull, kind: 'settle', merged, head } }
    }
    case 'pull_request.converted_to_draft':
      return { kind: 'job', job: { ...ofPull, kind: 'withdraw' } }
    case 'pull_request.edited':
      if (!fields.changes?.base?.ref?.from) {
        return ignored('the base branch did not change')
      }
      break
    default:
  }
  const action = name.slice('pull_request.'.length)
  const at = fields.pull_request.updated_at
  const trigger = { kind: 'automatic', action, ...(at === null ? {} : { at }) } as const
  const { before } = fields
  const earlier = name === 'pull_request.synchronize' && before !== null ? [before] : []
  const left = earlier.length === 0 ? {} : { earlier }
  return { kind: 'job', job: { ...ofPull, kind: 'review', head, trigger, ...left } }
}

function fromMergeGroup({ fields, origin }: RepositoryEvent): EventDecision {
  const head = fields.merge_group?.head_sha
  if (!head) {
    return ignored('the merge group has no head')
  }
  return { kind: 'job', job: { ...origin, kind: 'merge-group', head } }
}

function fromPush({ fields, origin }: RepositoryEvent): EventDecision {
  const branch = fields.repository?.default_branch
  if (!(branch && fields.after) || fields.ref !== `refs/heads/${branch}`) {
    return ignored('the push is not to the default branch')
  }
  if (fields.deleted === true) {
    return ignored('the branch was deleted')
  }
  return { kind: 'job', job: { ...origin, kind: 'push', branch, head: fields.after } }
}

const repositoryChanges = {
  'repository.renamed': 'renamed',
  'repository.transferred': 'transferred',
  'repository.deleted': 'deleted',
  'repository.archived': 'archived',
  'repository.privatized': 'privatized',
  'repository.publicized': 'publicized',
} as const

function repositoryJob(
  name: keyof typeof repositoryChanges,
  { origin }: RepositoryEvent,
): EventDecision {
  return { kind: 'job', job: { ...origin, kind: 'repository', change: repositoryChanges[name] } }
}

const installationChanges = {
  'installation.created': 'created',
  'installation.deleted': 'deleted',
  'installation.suspend': 'suspended',
  'installation.unsuspend': 'resumed',
  'installation.new_permissions_accepted': 'permissions',
} as const

/** The events that concern an installation; all others need a repository. */
function acrossRepositories(
  name: HandledEvent,
  fields: EventFields,
  from: { version: 1; installation: number; delivery: string },
): EventDecision {
  const { version, installation, delivery } = from
  const base = { version, installation, delivery }
  switch (name) {
    case 'installation.created':
    case 'installation.deleted':
    case 'installation.suspend':
    case 'installation.unsuspend':
    case 'installation.new_permissions_accepted':
      return {
        kind: 'job',
        job: { ...base, kind: 'installation', change: installationChanges[name] },
      }
    case 'installation_repositories.added':
      return repositoriesJob(base, 'added', fields.repositories_added)
    case 'installation_repositories.removed':
      return repositoriesJob(base, 'removed', fields.repositories_removed)
    default:
      return ignored('the repository is not named')
  }
}

function repositoriesJob(
  base: { version: 1; installation: number; delivery: string },
  change: 'added' | 'removed',
  named: EventFields['repositories_added'],
): EventDecision {
  const repositories = named.map(repositoryOf).filter((repository) => repository !== null)
  if (repositories.length === 0) {
    return ignored('no repository is named')
  }
  return { kind: 'job', job: { ...base, kind: 'repositories', change, repositories } }
}

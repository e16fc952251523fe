import * as z from 'zod'
import { AnnouncedText, announcedText } from '#core/job/announced-text'
import type { Asker, RepositoryRef } from '#core/job/job'

/*
 * The fields of webhook payloads that the app uses, and no others. Payloads differ from GitHub's
 * own description of them: users are null once deleted, the head repository is null once the
 * fork is gone, the installation is missing on repository webhooks. A field that is not what it
 * should be becomes null here; what needs it says why it was ignored.
 */
const id = z.int().positive().nullable().catch(null)
const text = z.string().nullable().catch(null)
const flag = z.boolean().nullable().catch(null)
const moment = z.iso.datetime({ offset: true }).nullable().catch(null)

const User = z.object({ id, login: text, type: text }).nullable().catch(null)
const App = z.object({ id }).nullable().catch(null)
const Head = z.object({ sha: text }).nullable().catch(null)

/**
 * The words of an issue or pull request. They are read for their digest alone: what the intake
 * stores has the digest in their place, and is read again with it.
 */
const Words = { title: text, body: text, announced: AnnouncedText.nullable().catch(null) }

function withoutWords<T extends z.infer<z.ZodObject<typeof Words>>>({
  title,
  body,
  announced,
  ...rest
}: T) {
  return { ...rest, announced: title === null ? announced : announcedText(title, body) }
}

const PullRequest = z
  .object({
    ...{ number: id, state: text, merged: flag, user: User, head: Head, updated_at: moment },
    ...Words,
  })
  .transform(withoutWords)
  .nullable()
  .catch(null)

const Comment = z
  .object({
    ...{ id, body: text, created_at: moment, user: User, in_reply_to_id: id },
    performed_via_github_app: App,
  })
  .nullable()
  .catch(null)

const Issue = z
  .object({
    number: id,
    state: text,
    user: User,
    /** Present on pull requests only. */
    pull_request: z.looseObject({}).nullable().catch(null),
    ...Words,
  })
  .transform(withoutWords)
  .nullable()
  .catch(null)

/** The pull requests of a check; empty for forks. Those of other repositories may be among them. */
const CheckPulls = z
  .array(
    z
      .object({
        number: id,
        base: z.object({ repo: App }).nullable().catch(null),
      })
      .nullable()
      .catch(null),
  )
  .catch([])

const Check = z
  .object({ id, head_sha: text, external_id: text, app: App, pull_requests: CheckPulls })
  .nullable()
  .catch(null)

const Repository = z
  .object({
    id,
    name: text,
    full_name: text,
    owner: User,
    private: flag,
    default_branch: text,
  })
  .nullable()
  .catch(null)

/** Everything that any handled event carries for us; absent fields are null. */
export const EventFields = z.object({
  action: text,
  installation: App,
  sender: User,
  repository: Repository,
  pull_request: PullRequest,
  changes: z
    .object({
      base: z
        .object({ ref: z.object({ from: text }).nullable().catch(null) })
        .nullable()
        .catch(null),
    })
    .nullable()
    .catch(null),
  issue: Issue,
  comment: Comment,
  check_run: Check,
  check_suite: Check,
  requested_action: z.object({ identifier: text }).nullable().catch(null),
  merge_group: z.object({ head_sha: text }).nullable().catch(null),
  ref: text,
  before: text,
  after: text,
  deleted: flag,
  repositories_added: z.array(Repository).catch([]),
  repositories_removed: z.array(Repository).catch([]),
})
export type EventFields = z.infer<typeof EventFields>
export type EventUser = z.infer<typeof User>
export type EventCheck = NonNullable<z.infer<typeof Check>>

/** The repository of an event. Lists of an installation name the owner only within `full_name`. */
export function repositoryOf(repository: z.infer<typeof Repository>): RepositoryRef | null {
  if (repository === null || repository.id === null || !repository.name) {
    return null
  }
  const owner = repository.owner?.login ?? repository.full_name?.split('/')[0]
  if (!owner) {
    return null
  }
  // Unknown counts as public: there a stranger's pull request has to wait for a maintainer.
  return {
    id: repository.id,
    owner,
    name: repository.name,
    private: repository.private ?? false,
  }
}

/** Who asked, or null: a deleted account (`ghost`), an organization and nobody cannot ask. */
export function askerOf(user: EventUser): Asker | null {
  if (user === null || user.id === null || !user.login || user.login.toLowerCase() === 'ghost') {
    return null
  }
  if (user.type !== 'User' && user.type !== 'Bot') {
    return null
  }
  return {
    login: user.login,
    userId: user.id,
    bot: user.type === 'Bot' || user.login.endsWith('[bot]'),
  }
}

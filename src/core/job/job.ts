import * as z from 'zod'
import { ANSWERED_COMMANDS, COMMAND_NAMES } from '#core/command/command'
import { assertNever } from '#core/exhaustive'
import { AnnouncedText } from '#core/job/announced-text'

/** A repository as GitHub names it; `id` survives renames, `owner` and `name` do not. */
export const RepositoryRef = z.strictObject({
  id: z.int().positive(),
  owner: z.string().min(1),
  name: z.string().min(1),
  private: z.boolean(),
})
export type RepositoryRef = z.infer<typeof RepositoryRef>

/**
 * The person (or bot) who asked, as named by the signed event. What they may do is asked of
 * GitHub when the job runs; a bot needs to be trusted by the repository's settings as well.
 */
export const Asker = z.strictObject({
  login: z.string().min(1),
  userId: z.int().positive(),
  bot: z.boolean(),
})
export type Asker = z.infer<typeof Asker>

/** Where a command was written. Reactions to the two kinds of comment have different addresses. */
export const CommandPlace = z.strictObject({
  commentId: z.int().positive(),
  /** `conversation`: a comment of the issue or pull request; `thread`: a reply on a diff line. */
  surface: z.enum(['conversation', 'thread']),
})
export type CommandPlace = z.infer<typeof CommandPlace>

/** When it happened, by GitHub's clock. */
const Moment = z.iso.datetime({ offset: true })

/** What started a review: the pull request itself, a person's command, or the re-run button. */
const Trigger = z.discriminatedUnion('kind', [
  /** `action` is GitHub's word. `edited` means another base branch: no setting switches it off. */
  z.strictObject({ kind: z.literal('automatic'), action: z.string(), at: Moment.optional() }),
  z.strictObject({
    kind: z.literal('command'),
    ...CommandPlace.shape,
    ...Asker.shape,
    full: z.boolean(),
    /** Title and description as they were when it was written; missing where the event had none. */
    announced: AnnouncedText.optional(),
    at: Moment.optional(),
  }),
  z.strictObject({
    kind: z.literal('rerun'),
    /** Null when the whole check suite was asked for again. */
    checkRunId: z.int().positive().nullable(),
    ...Asker.shape,
    /** Automatic reviews of a paused pull request go on from here. */
    resumes: z.literal(true).optional(),
  }),
])
export type Trigger = z.infer<typeof Trigger>

/** What asked for a review, the head that it spoke of, and the delivery that brought it. */
const Wish = z.strictObject({
  head: z.string(),
  trigger: Trigger,
  delivery: z.string().optional(),
})
export type Wish = z.infer<typeof Wish>

/** A command as it was given, or what was written in the place of one. */
const GivenCommand = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.enum(ANSWERED_COMMANDS),
    words: z.array(z.string()).default([]),
    /** An id or its first letters; null where the command takes none. */
    id: z.string().nullable().default(null),
    /** The words of whoever wrote the comment, as they were when it was posted. */
    text: z.string().nullable().default(null),
  }),
  /** `word` is a stranger's; `suggestion` is a line of ours that would have worked. */
  z.strictObject({
    name: z.literal('unknown'),
    word: z.string(),
    suggestion: z.string().nullable(),
  }),
  /** A command that exists and is written otherwise. */
  z.strictObject({ name: z.literal('misused'), of: z.enum(COMMAND_NAMES) }),
  /** What a person says in a thread of ours, without a command. */
  z.strictObject({ name: z.literal('reply'), text: z.string().min(1) }),
  /** A command that does not work here: on an issue, or on a pull request that is closed. */
  z.strictObject({
    name: z.literal('misplaced'),
    of: z.enum(COMMAND_NAMES),
    on: z.enum(['issue', 'closed']),
  }),
])
export type GivenCommand = z.infer<typeof GivenCommand>

/** Every job has these. Version 1 of the payload; a payload of another version is refused. */
const every = {
  version: z.literal(1),
  installation: z.int().positive(),
  /** The delivery that caused the job, for correlation only. */
  delivery: z.string(),
}

const inRepository = { ...every, repository: RepositoryRef }
const ofPull = { ...inRepository, pull: z.int().positive() }

/** The durable jobs. */
export const Job = z.discriminatedUnion('kind', [
  z.strictObject({
    ...ofPull,
    kind: z.literal('review'),
    /**
     * The head the event spoke of, empty where it names none (a comment): a hint, the worker
     * reads the pull request again.
     */
    head: z.string(),
    trigger: Trigger,
    /** What had asked for reviews whose place this one took before they began. */
    absorbed: z.array(Wish).optional(),
    /** Heads that events named before: hints as well, for checks that may still be open there. */
    earlier: z.array(z.string()).optional(),
  }),
  /** The pull request was closed: its runs end, its pending memory is committed or dropped. */
  z.strictObject({
    ...ofPull,
    kind: z.literal('settle'),
    merged: z.boolean(),
    /** The last head, where the event names it. */
    head: z.string().optional(),
  }),
  /** The pull request became a draft: queued and running reviews of it end. */
  z.strictObject({ ...ofPull, kind: z.literal('withdraw') }),
  /** A re-run whose pull request the event does not name: always so for forks. */
  z.strictObject({
    ...inRepository,
    kind: z.literal('rerun'),
    head: z.string().min(1),
    /** The external id of our check run, which leads back to its run. */
    externalId: z.string().nullable(),
    checkRunId: z.int().positive().nullable(),
    ...Asker.shape,
    resumes: z.literal(true).optional(),
  }),
  /** A command that is answered with words. `issue` is the number of the issue or pull request. */
  z.strictObject({
    ...inRepository,
    kind: z.literal('command'),
    issue: z.int().positive(),
    onPull: z.boolean(),
    ...CommandPlace.shape,
    /** The comment that begins the thread; null outside of threads. */
    root: z.int().positive().nullable().default(null),
    ...Asker.shape,
    command: GivenCommand,
  }),
  /** What reviews of the repository learned waits for its branch to take it. */
  z.strictObject({ ...inRepository, kind: z.literal('memory') }),
  /** A merge queue waits for a completed check on this head. */
  z.strictObject({ ...inRepository, kind: z.literal('merge-group'), head: z.string().min(1) }),
  /** Commits reached the default branch. */
  z.strictObject({
    ...inRepository,
    kind: z.literal('push'),
    branch: z.string().min(1),
    head: z.string().min(1),
  }),
  /** What the app may reach has changed. */
  z.strictObject({
    ...every,
    kind: z.literal('installation'),
    change: z.enum(['created', 'deleted', 'suspended', 'resumed', 'permissions']),
  }),
  z.strictObject({
    ...every,
    kind: z.literal('repositories'),
    change: z.enum(['added', 'removed']),
    repositories: z.array(RepositoryRef),
  }),
  /** The app reaches a repository that it has not seen: it looks once, and may introduce itself. */
  z.strictObject({ ...inRepository, kind: z.literal('first-look') }),
  /** What grows old in a repository by itself is looked for, and told in one issue. */
  z.strictObject({ ...inRepository, kind: z.literal('audit') }),
  /** The repository itself changed; `repository` carries its new name and visibility. */
  z.strictObject({
    ...inRepository,
    kind: z.literal('repository'),
    change: z.enum(['renamed', 'transferred', 'deleted', 'archived', 'privatized', 'publicized']),
  }),
])
export type Job = z.infer<typeof Job>

export type ReviewJob = Extract<Job, { kind: 'review' }>
export type SettleJob = Extract<Job, { kind: 'settle' }>

/** The name of a pull request in everything that is kept: its reviews, and whether it is paused. */
export function pullKey(pull: {
  readonly installation: number
  readonly repository: { readonly id: number }
  readonly pull: number
}): string {
  return `${pull.installation}/${pull.repository.id}#${pull.pull}`
}

/**
 * Jobs of one kind with the same key are one: only one is queued at a time and a newer one takes
 * its place. Commands are answered one by one, so their key names the comment.
 */
export function jobKey(job: Job): string {
  if (job.kind === 'installation' || job.kind === 'repositories') {
    return `${job.installation}/${job.change}${job.kind === 'repositories' ? `/${job.delivery}` : ''}`
  }
  const repository = `${job.installation}/${job.repository.id}`
  switch (job.kind) {
    case 'review':
    case 'settle':
    case 'withdraw':
      return pullKey(job)
    case 'command':
      return `${repository}#${job.issue}/${job.surface}-${job.commentId}`
    case 'rerun':
    case 'merge-group':
      return `${repository}@${job.head}`
    case 'push':
    case 'memory':
    case 'first-look':
    case 'audit':
      return repository
    case 'repository':
      return `${repository}/${job.change}`
    default:
      return assertNever(job)
  }
}

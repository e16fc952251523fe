import * as z from 'zod'

/** A repository as GitHub names it; `id` survives renames, `owner` and `name` do not. */
export const RepositoryRef = z.strictObject({
  id: z.int().positive(),
  owner: z.string().min(1),
  name: z.string().min(1),
  private: z.boolean(),
})
export type RepositoryRef = z.infer<typeof RepositoryRef>

/** What started a review: the pull request itself, a person's command, or the re-run button. */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('automatic'), action: z.string() }),
  z.strictObject({
    kind: z.literal('command'),
    commentId: z.int().positive(),
    login: z.string(),
    userId: z.int(),
    full: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('rerun'),
    checkRunId: z.int().positive(),
    login: z.string(),
    userId: z.int(),
  }),
])
export type Trigger = z.infer<typeof Trigger>

/** The durable jobs. Version 1 of the payload; a payload of another version is refused. */
export const Job = z.discriminatedUnion('kind', [
  z.strictObject({
    version: z.literal(1),
    kind: z.literal('review'),
    installation: z.int().positive(),
    repository: RepositoryRef,
    pull: z.int().positive(),
    /** The head the event spoke of: a hint, the worker reads the pull request again. */
    head: z.string(),
    trigger: Trigger,
    delivery: z.string(),
  }),
  z.strictObject({
    version: z.literal(1),
    kind: z.literal('settle'),
    installation: z.int().positive(),
    repository: RepositoryRef,
    pull: z.int().positive(),
    merged: z.boolean(),
    delivery: z.string(),
  }),
])
export type Job = z.infer<typeof Job>
export type ReviewJob = Extract<Job, { kind: 'review' }>
export type SettleJob = Extract<Job, { kind: 'settle' }>

/** One job of a kind per pull request is queued at a time; a newer one takes its place. */
export function jobKey(job: Job): string {
  return `${job.installation}/${job.repository.id}#${job.pull}`
}

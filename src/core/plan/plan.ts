import * as z from 'zod'
import { Report } from '#core/report/report'

/** One inline comment as it will be posted; `finding` is the id of what it says. */
const PlannedComment = z.strictObject({
  finding: z.string(),
  path: z.string(),
  side: z.enum(['LEFT', 'RIGHT']),
  line: z.int().positive(),
  startLine: z.int().positive().nullable(),
  body: z.string().min(1),
})
export type PlannedComment = z.infer<typeof PlannedComment>

/** A comment on a whole file. GitHub takes these one by one, not within a review. */
const PlannedFileComment = PlannedComment.pick({ finding: true, path: true, body: true })

/**
 * A learning and what happens to it: committed now, kept until the pull request merges, or kept
 * until a person with write permission accepts it.
 */
export const PlannedLearning = z.strictObject({
  topic: z.string(),
  text: z.string(),
  citation: z.strictObject({ path: z.string(), line: z.int().positive() }).nullable(),
  /** How the cited line is found again when the code moved; null without a citation. */
  anchor: z.string().nullable(),
  source: z.enum(['agent', 'inventory', 'maintainer']),
  /** Login of the maintainer who said it; absent where nobody did. */
  author: z.string().optional(),
  when: z.enum(['now', 'at-merge', 'pending']),
})
export type PlannedLearning = z.infer<typeof PlannedLearning>

/**
 * A learning that is not in the repository yet: it waits for the merge, for a person, or, where it
 * may be written, for the branch to take it.
 */
export const WaitingLearning = PlannedLearning.extend({
  when: z.enum(['at-merge', 'pending', 'branch']),
  /** Whether its pull request has merged. */
  merged: z.boolean().optional(),
})
export type WaitingLearning = z.infer<typeof WaitingLearning>

/** A change that the agent made to a memory file, and the text that it was made upon. */
export const PlannedMemoryEdit = z.strictObject({
  path: z.string(),
  base: z.string(),
  /** Null removes the file. */
  text: z.string().nullable(),
})
export type PlannedMemoryEdit = z.infer<typeof PlannedMemoryEdit>

/** What the next review of the same pull request goes on from. */
export const CarriedState = z.strictObject({
  /** Of the terms that the review was made on; empty where no agent reviewed. */
  key: z.string(),
  /** A digest of each selected file and of what it imports. */
  digests: z.record(z.string(), z.string()),
  /** Where a file was first seen that has another name now. */
  firstPaths: z.record(z.string(), z.string()),
  /** Reviews in a row that nobody asked for. */
  automatic: z.int().nonnegative(),
  /** Whether there are enough of them: the next ones wait until somebody asks. */
  pauses: z.boolean(),
  /** Milliseconds since the epoch. */
  at: z.number(),
})
export type CarriedState = z.infer<typeof CarriedState>

/** What a review gives to the next one where it gives nothing. */
export const NOTHING_CARRIED = {
  key: '',
  digests: {},
  firstPaths: {},
  automatic: 0,
  pauses: false,
  at: 0,
}

/**
 * Everything that one run will write, frozen before the first write. A restart posts this text
 * byte for byte and never asks the model again. Version 1 of the stored format.
 */
export const Plan = z.strictObject({
  version: z.literal(1),
  headSha: z.string(),
  baseRef: z.string(),
  /** Whether the pull request was a draft when it was reviewed. */
  draft: z.boolean(),
  report: Report,
  /** Null when there is nothing to say in a review. */
  review: z
    .strictObject({
      body: z.string().min(1),
      comments: z.array(PlannedComment),
      /** The same review without inline comments, for the day GitHub refuses an anchor. */
      bodyWithoutComments: z.string().min(1),
    })
    .nullable(),
  fileComments: z.array(PlannedFileComment),
  /** The sticky summary: written anew when `create`, and an existing one edited when `update`. */
  summary: z.strictObject({ body: z.string().min(1), create: z.boolean(), update: z.boolean() }),
  /** Threads whose finding is gone. The summary names them; a reply would only notify people. */
  resolve: z.array(z.string()),
  /** Threads that we had resolved and whose finding is back. */
  reopen: z.array(z.string()).default([]),
  /** Plans of earlier programs carry nothing. */
  carried: CarriedState.default(NOTHING_CARRIED),
  check: z.strictObject({
    conclusion: z.enum(['success', 'neutral', 'failure', 'action_required', 'cancelled']),
    title: z.string().max(255),
    summary: z.string().max(65_535),
    /** What is wrong with the settings, on its line; plans of earlier versions have none. */
    annotations: z
      .array(z.strictObject({ path: z.string(), line: z.int().positive(), message: z.string() }))
      .default([]),
  }),
  learnings: z.array(PlannedLearning),
  memoryEdits: z.array(PlannedMemoryEdit),
})
export type Plan = z.infer<typeof Plan>

import * as z from 'zod'
import type { Plan, PlannedLearning } from '#core/plan/plan'
import { definitions, page } from '#core/render/definition-list'
import { withoutMarkers } from '#core/render/marker'
import { escapeLine } from '#core/text/hidden-characters'

/** A pull request as people name it; upper and lower case do not matter. */
export interface PullName {
  readonly owner: string
  readonly name: string
  readonly pull: number
}

const Comment = z.object({
  path: z.string(),
  /** `LEFT` is the code before the change; null for a comment on the whole file. */
  side: z.enum(['LEFT', 'RIGHT']).nullable(),
  /** The last line of the place; null for a comment on the whole file. */
  line: z.int().nullable(),
  startLine: z.int().nullable(),
  body: z.string(),
})

/**
 * What a review wrote to its pull request, or would have in a dry run: the part of the frozen plan
 * that people see, without our hidden marks. The texts are masked as in the plan.
 */
export const PlannedWrites = z.object({
  /** `owner/name#number` */
  pull: z.string(),
  head: z.string(),
  /** How far the run has come, as `done`. */
  state: z.string(),
  /** When the review was taken up: ISO 8601. */
  createdAt: z.string(),
  check: z.object({
    conclusion: z.string(),
    title: z.string(),
    summary: z.string(),
    annotations: z.array(
      z.object({ path: z.string(), line: z.int().positive(), message: z.string() }),
    ),
  }),
  /** Null where there is nothing to say in a review. */
  review: z.string().nullable(),
  comments: z.array(Comment),
  summary: z.object({ body: z.string(), create: z.boolean(), update: z.boolean() }),
  /** How many threads are settled, and opened again. */
  resolve: z.int(),
  reopen: z.int(),
  /** What the memory learns, with when; and files that the agent wrote, null for a removed one. */
  learnings: z.array(
    z.object({ topic: z.string(), text: z.string(), when: z.enum(['now', 'at-merge', 'pending']) }),
  ),
  memoryFiles: z.array(z.object({ path: z.string(), text: z.string().nullable() })),
})
export type PlannedWrites = z.infer<typeof PlannedWrites>
type PlannedWriting = PlannedWrites['comments'][number]

/** Takes from a plan what people would see of it. */
export function plannedWrites(
  run: Pick<PlannedWrites, 'pull' | 'head' | 'state' | 'createdAt'>,
  plan: Plan,
): PlannedWrites {
  const { check, review, summary } = plan
  const onLines = (review?.comments ?? []).map(({ finding: _, ...comment }) => comment)
  const onFiles = plan.fileComments.map(({ path, body }) => ({
    ...{ path, body },
    ...{ side: null, line: null, startLine: null },
  }))
  return {
    ...run,
    check,
    review: review === null ? null : withoutMarkers(review.body),
    comments: [...onLines, ...onFiles].map((one) => ({ ...one, body: withoutMarkers(one.body) })),
    summary: { ...summary, body: withoutMarkers(summary.body) },
    resolve: plan.resolve.length,
    reopen: plan.reopen.length,
    learnings: plan.learnings.map(({ topic, text, when }) => ({ topic, text, when })),
    memoryFiles: plan.memoryEdits.map(({ path, text }) => ({ path, text })),
  }
}

/** Columns of a page: it may be piped, mailed or pasted. */
const WIDTH = 80

/**
 * The writes as text for a person. Texts of comments stand set in and as they are, so that none of
 * them can pass for a heading; hidden characters in them are still to be escaped.
 */
export function plannedWritesPage(writes: PlannedWrites): string {
  const { check, review, summary } = writes
  const heading: readonly (readonly [string, string])[] = [
    ['Pull request', writes.pull],
    ['Head', writes.head],
    ['Run', `${writes.state}, taken up ${writes.createdAt}`],
    ['Check', `${check.conclusion}: ${escapeLine(check.title)}`],
    ['Comments', String(writes.comments.length)],
    ['Threads', `${writes.resolve} to settle, ${writes.reopen} to open again`],
    ['Memory', `${writes.learnings.length + writes.memoryFiles.length} changes`],
  ]
  return page([
    definitions(heading, WIDTH),
    block('Check', check.summary),
    ...check.annotations.map(({ path, line, message }) =>
      block(`Check, at ${escapeLine(path)}:${line}`, message),
    ),
    review === null ? [] : block('Review', review),
    ...writes.comments.map((comment) => block(placeOf(comment), comment.body)),
    block(`Summary comment, ${fateOf(summary)}`, summary.body),
    ...writes.learnings.map(({ topic, text, when }) =>
      block(`Memory, ${escapeLine(topic)}, ${WHEN[when]}`, text),
    ),
    ...writes.memoryFiles.map(({ path, text }) =>
      block(`Memory, ${escapeLine(path)}`, text ?? '(removed)'),
    ),
  ])
}

const WHEN: Readonly<Record<PlannedLearning['when'], string>> = {
  now: 'at once',
  'at-merge': 'when it is merged',
  pending: 'when a maintainer accepts it',
}

function block(heading: string, text: string): readonly string[] {
  const lines = text.trimEnd().split(/\r\n|[\n\r]/)
  return [heading, ...lines.map((line) => `  ${line}`.trimEnd())]
}

function placeOf({ path, side, line, startLine }: PlannedWriting): string {
  const file = escapeLine(path)
  if (line === null) return `Comment on the file ${file}`
  const lines = startLine === null ? `${line}` : `${startLine}-${line}`
  return `Comment at ${file}:${lines}${side === 'LEFT' ? ', before the change' : ''}`
}

function fateOf({ create, update }: PlannedWrites['summary']): string {
  if (create) return update ? 'new or in place of the one there' : 'new'
  return update ? 'only in place of one there' : 'not posted'
}

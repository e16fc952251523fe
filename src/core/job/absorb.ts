import { assertNever } from '#core/exhaustive'
import type { ReviewJob, Wish } from '#core/job/job'

/** A crowd of comments needs no more reactions than this, */
const MOST_COMMENTS = 45
/** and one person in it no more than this. */
const MOST_COMMENTS_OF_ONE = 15
/** A head that left a check open is one of the last few. */
const MOST_EARLIER = 20

/**
 * A review that takes the place of one that waits, with what had asked for that one: whoever wrote
 * a comment sees what becomes of it, and a stranger's wish cannot take the place of one that
 * counts. Oldest first; of equal wishes the newest.
 */
export function absorb(job: ReviewJob, waiting: ReviewJob): ReviewJob {
  const wishes = new Map<string, Wish>()
  for (const wish of [...(waiting.absorbed ?? []), wishOf(waiting), ...(job.absorbed ?? [])]) {
    const key = keyOf(wish)
    wishes.delete(key)
    wishes.set(key, wish)
  }
  wishes.delete(keyOf(job))
  const absorbed = withoutCrowd([...wishes.values()])
  const earlier = earlierHeads(job, waiting)
  return {
    ...job,
    ...(absorbed.length === 0 ? {} : { absorbed }),
    ...(earlier.length === 0 ? {} : { earlier }),
  }
}

/**
 * Of comments only the latest, so that they take the place of no push, nor those of one person the
 * place of another's.
 */
function withoutCrowd(wishes: readonly Wish[]): Wish[] {
  const kept = new Set<Wish>()
  const ofOne = new Map<number, number>()
  for (const wish of wishes.toReversed()) {
    const { trigger } = wish
    if (trigger.kind !== 'command') continue
    const count = (ofOne.get(trigger.userId) ?? 0) + 1
    ofOne.set(trigger.userId, count)
    if (count <= MOST_COMMENTS_OF_ONE && kept.size < MOST_COMMENTS) kept.add(wish)
  }
  return wishes.filter((wish) => wish.trigger.kind !== 'command' || kept.has(wish))
}

/** The heads that either of them knows, oldest first, without the one that the job is for. */
function earlierHeads(job: ReviewJob, waiting: ReviewJob): string[] {
  const heads = new Set([...(waiting.earlier ?? []), waiting.head, ...(job.earlier ?? [])])
  heads.delete(job.head)
  heads.delete('')
  return [...heads].slice(-MOST_EARLIER)
}

/** What a review leads with, as others carry it. */
export function wishOf({ head, trigger, delivery }: ReviewJob): Wish {
  return { head, trigger, delivery }
}

/** The same review as the wish before it asked for; null when there was none. */
export function nextWish({ absorbed = [], ...job }: ReviewJob): ReviewJob | null {
  const last = absorbed.at(-1)
  if (last === undefined) return null
  const { head, trigger, delivery = job.delivery } = last
  return { ...job, head, trigger, delivery, absorbed: absorbed.slice(0, -1) }
}

/** The same review without what an earlier one has answered already. */
export function withoutAnswered(job: ReviewJob, answered: ReviewJob): ReviewJob {
  const keys = new Set([answered, ...(answered.absorbed ?? [])].map(exactKeyOf))
  return { ...job, absorbed: (job.absorbed ?? []).filter((wish) => !keys.has(exactKeyOf(wish))) }
}

/** Whether what one review leads with is among what asked for another. */
export function holds(job: ReviewJob, wish: ReviewJob): boolean {
  const key = exactKeyOf(wish)
  return [job, ...(job.absorbed ?? [])].some((one) => exactKeyOf(one) === key)
}

/** A button may be pressed again: each press is a wish of its own. */
function exactKeyOf(wish: Wish): string {
  return wish.trigger.kind === 'rerun' ? `${keyOf(wish)}-${wish.delivery ?? ''}` : keyOf(wish)
}

function keyOf({ trigger }: Wish): string {
  switch (trigger.kind) {
    case 'command':
      return `${trigger.surface}-${trigger.commentId}`
    case 'automatic':
      // Settings may listen to one of them and not to another.
      return `automatic-${trigger.action}`
    case 'rerun':
      // A press that ends a pause is not undone by a press that only asks for a review.
      return trigger.resumes === true ? 'resume' : trigger.kind
    default:
      return assertNever(trigger)
  }
}

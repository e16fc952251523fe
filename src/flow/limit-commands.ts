import { jobKey, pullKey, type ReviewJob } from '#core/job/job'
import { tooManyCommands } from '#core/render/command-help'
import type { AnswerNeeds, CommandJob } from '#flow/answering'
import type { Allowance } from '#flow/conversation-port'
import type { Runs } from '#flow/ports'
import type { PullRequest } from '#flow/pull-request-port'
import { type SayNeeds, sayOnce } from '#flow/say-once'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What is kept of limits and answers. */
export type LimitNeeds = Pick<AnswerNeeds, 'allowances' | 'answers'>

/** Bounds what one person, one pull request and one installation can make the app say. */
function commandAllowances(job: CommandJob): readonly Allowance[] {
  const { installation, repository, issue, userId } = job
  const place = pullKey({ ...job, pull: issue })
  const understood = !['unknown', 'misused', 'misplaced'].includes(job.command.name)
  const help = { key: `help ${installation}/${repository.id} ${userId}`, most: 1, everyMs: HOUR }
  return [
    { key: `user ${place} ${userId}`, most: 15, everyMs: 20 * SECOND },
    { key: `pull ${place}`, most: 40, everyMs: 10 * SECOND },
    { key: `installation ${installation}`, most: 300, everyMs: 2 * SECOND },
    ...(understood ? [] : [help]),
  ]
}

/** Every review costs time and perhaps money, so that few can be asked for at once. */
function reviewAllowances(job: ReviewJob): readonly Allowance[] {
  const { installation, trigger } = job
  const place = pullKey(job)
  if (trigger.kind === 'rerun') return [{ key: `rerun ${place}`, most: 1, everyMs: 5 * SECOND }]
  if (trigger.kind === 'automatic') return []
  return [
    { key: `review ${place} ${trigger.userId}`, most: 5, everyMs: 2 * MINUTE },
    { key: `review ${place}`, most: 10, everyMs: MINUTE },
    { key: `reviews ${installation}`, most: 100, everyMs: 5 * SECOND },
  ]
}

/** Whether a command may be answered; null where it may, else the words for it, empty for none. */
export async function overCommandLimit(
  { allowances }: LimitNeeds,
  job: CommandJob,
): Promise<string | null> {
  const taken = await allowances.take(commandAllowances(job))
  if (taken === 'granted') return null
  // Who writes what is no command was helped once: there is no more to say.
  const understood = !['unknown', 'misused', 'misplaced'].includes(job.command.name)
  return taken === 'tell' && understood ? tooManyCommands() : ''
}

/**
 * Whether a review that somebody asked for is too much. A reaction says so, and words once in an
 * hour. What was taken up before a crash is finished, and what was refused stays refused.
 */
export async function isOverReviewLimit(
  needs: LimitNeeds & { readonly runs: Pick<Runs, 'ofPull'> } & Omit<SayNeeds, 'secrets'>,
  pull: PullRequest,
  job: ReviewJob,
): Promise<boolean> {
  const { trigger } = job
  if (trigger.kind === 'automatic' || (await isTakenUp(needs, job))) return false
  if (trigger.kind === 'rerun')
    return (await needs.allowances.take(reviewAllowances(job))) !== 'granted'
  const record = needs.answers.of(`${jobKey(job)}/${trigger.surface}-${trigger.commentId}`)
  // Words that were on their way are brought to their end.
  const told = (await record.words()) !== null
  if (!told && (await record.effect('react-end')) !== null) return true
  const taken = told ? 'tell' : await needs.allowances.take(reviewAllowances(job))
  if (taken === 'granted') return false
  if (taken === 'tell') {
    const scope = { repositoryId: job.repository.id, pull: job.pull }
    const to = { ...trigger, record, scope, root: null }
    await sayOnce({ ...needs, secrets: [] }, pull, to, async () => tooManyCommands())
  }
  await pull.status.react(trigger, 'confused')
  if (taken === 'silent') await record.done('react-end', null)
  return true
}

async function isTakenUp(
  { runs }: { readonly runs: Pick<Runs, 'ofPull'> },
  { trigger, delivery, ...job }: ReviewJob,
): Promise<boolean> {
  const known = await runs.ofPull(pullKey(job))
  return known.some(({ job: other }) => {
    if (trigger.kind === 'command' && other.trigger.kind === 'command')
      return other.trigger.commentId === trigger.commentId
    return other.trigger.kind === trigger.kind && other.delivery === delivery
  })
}

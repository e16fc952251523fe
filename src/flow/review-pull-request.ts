import { jobKey, type ReviewJob } from '#core/job/job'
import { memoryOutcome } from '#core/render/memory-words'
import { capital } from '#core/text/lines'
import { redact } from '#core/text/redact'
import { acknowledge, commentsOf, pressesOf } from '#flow/acknowledge'
import { concludeCheck } from '#flow/check-run'
import { endForgottenChecks, headsLeft } from '#flow/end-forgotten-checks'
import { readTrusted } from '#flow/gather'
import { type Preparation, prepareReview, readAhead } from '#flow/prepare-review'
import { type Moved, movedOn, publish, publishNeeds } from '#flow/publish'
import { remember } from '#flow/remember'
import type { ReviewNeeds } from '#flow/review-needs'
import { pauseAfterMany, resumeByButton, standStill } from '#flow/stand-still'
import { takeWish } from '#flow/take-wish'
import { isCalledOff } from '#flow/undisturbed-clock'

/** How one try ended. `wait` costs no attempt, `retry` does. */
export type ReviewEnd =
  | { readonly kind: 'done'; readonly because: string }
  | { readonly kind: 'retry'; readonly because: string }
  | { readonly kind: 'wait'; readonly delayMs: number; readonly because: string }

/**
 * Reviews one pull request, from the job to the last comment: admit, gather, select, check and
 * ask, plan, publish, remember, conclude. It may be killed between any two steps and called again;
 * everything people see happens once.
 *
 * @param since when the job was first queued, in milliseconds since the epoch
 */
export async function reviewPullRequest(
  needs: ReviewNeeds,
  job: ReviewJob,
  since: number,
): Promise<ReviewEnd> {
  const pull = needs.pullRequest(job)
  const opening = await pull.reader.opening()
  const { settings } = readTrusted(opening.trusted, needs.agent)
  const reading = readAhead(needs, pull, { settings, state: opening.state, job })
  await endForgottenChecks(
    { ...needs, status: pull.status },
    job,
    headsLeft(job, opening.state.head),
  )
  const taken = await takeWish(needs, { pull, opening, settings }, job)
  if (taken.kind === 'nothing') return { kind: 'done', because: taken.because }
  if (taken.kind === 'busy')
    return { kind: 'wait', delayMs: taken.retryAfterMs, because: 'another worker has it' }
  const { run, wish, admission } = taken
  await needs.runs.supersede(jobKey(wish), run.key)
  const presses = await pressesOf(pull, wish, settings)
  await resumeByButton(needs, wish, presses)
  const comments = await commentsOf(pull, wish, settings)
  const asked = wish.trigger.kind !== 'automatic' || presses.length + comments.length > 0
  return takeUp(needs, { run, pull, opening, admission, reading, since, comments, asked })
}

/**
 * A claimed run, unless it is called off meanwhile, or its pull request is paused and nobody asked:
 * a push that took the place of somebody's wish does what they wished.
 */
async function takeUp(needs: ReviewNeeds, preparation: Preparation): Promise<ReviewEnd> {
  const { run, pull, opening, comments, asked } = preparation
  const { head: headSha, baseRef, draft } = opening.state
  if (!asked) {
    const still = await standStill(publishNeeds(needs, run, pull), needs.pauses, headSha)
    if (still !== null) return { kind: 'done', because: still }
  }
  await acknowledge(pull, comments, 'eyes')
  try {
    return await carryOut(needs, preparation)
  } catch (failure) {
    if (!isCalledOff(failure)) throw failure
    const moved = movedOn(await pull.reader.state(), { headSha, baseRef, draft }, run)
    // Tidings of what is over by now: closed and opened again, a draft for a moment.
    if (moved === null)
      return { kind: 'wait', delayMs: 0, because: 'the pull request is as it was' }
    return callOff(needs, preparation, moved)
  }
}

/** A claimed run from where it stands to its end. */
async function carryOut(needs: ReviewNeeds, preparation: Preparation): Promise<ReviewEnd> {
  const { run, pull } = preparation
  const { job } = run
  const plan = (await run.plan()) ?? (await prepareReview(needs, preparation))
  if (plan === 'waiting')
    return { kind: 'wait', delayMs: MODEL_RETRY_MS, because: 'the model cannot be reached' }

  const world = publishNeeds(needs, run, pull)
  const published = await publish(world, plan)
  if (published.kind === 'superseded') return callOff(needs, preparation, published)
  const { clock } = world
  const { memoryHome } = pull
  const writeLater = () => needs.writeLater(job)
  const memoryNeeds = { ...needs, clock, run, pending: needs.pending(job), memoryHome, writeLater }
  const remembered = await remember(memoryNeeds, { agent: plan.report.agent, ...plan })
  await pauseAfterMany(needs, job, plan)
  const learned = memoryOutcome(remembered)
  const said = learned === '' ? '' : `\n\n${redact(learned).text}`
  await concludeCheck(world, plan.headSha, {
    ...plan.check,
    summary: plan.check.summary + said,
  })
  await acknowledge(pull, preparation.comments, 'rocket')
  await run.finish('done', null)
  needs.log.info(
    { findings: plan.report.findings.length, memory: remembered.kind },
    'review published',
  )
  return { kind: 'done', because: plan.check.title }
}

/** How long a job sleeps before the model is asked again. */
const MODEL_RETRY_MS = 30_000

/**
 * Ends a run that nobody wants any more, and its check at once: an open one blocks a merge. What a
 * person asked for is looked at again, since a push that took its place may be one that nobody
 * listens to.
 */
async function callOff(
  needs: ReviewNeeds,
  { run, pull, opening, asked }: Preparation,
  { because, open }: Moved,
): Promise<ReviewEnd> {
  if ((await run.effect('open-check')) !== null) {
    await concludeCheck(publishNeeds(needs, run, pull), opening.state.head, {
      conclusion: 'cancelled',
      title: capital(because),
      summary: because,
    })
  }
  await run.finish('superseded', because)
  return { kind: asked && open ? 'retry' : 'done', because }
}

import { nextWish } from '#core/job/absorb'
import { jobKey, type ReviewJob } from '#core/job/job'
import { memoryOutcome } from '#core/render/memory-words'
import type { Settings } from '#core/settings/settings'
import { capital } from '#core/text/lines'
import { redact } from '#core/text/redact'
import { acknowledge, commandsOf, commentsOf } from '#flow/acknowledge'
import { type Admission, admit, isPushedSince, outsiderPolicy } from '#flow/admit'
import { concludeCheck } from '#flow/check-run'
import { endForgottenChecks, headsLeft } from '#flow/end-forgotten-checks'
import { readTrusted } from '#flow/gather'
import { isOverReviewLimit } from '#flow/limit-commands'
import { type Preparation, prepareReview, readAhead } from '#flow/prepare-review'
import { movedOn, publish, publishNeeds } from '#flow/publish'
import type { Opening, PullRequest } from '#flow/pull-request-port'
import { remember } from '#flow/remember'
import type { ReviewNeeds } from '#flow/review-needs'
import { pauseAfterMany, resumeByButton, standStill } from '#flow/stand-still'
import { turnAway } from '#flow/turn-away'
import { isCalledOff } from '#flow/undisturbed-clock'

/** How one try ended. `wait` costs no attempt. */
export type ReviewEnd =
  | { readonly kind: 'done'; readonly because: string }
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
  const admission = await admitBound(needs, pull, { settings, opening, job })
  if (admission.kind !== 'admitted') {
    // Neither a stranger's wish nor a push that nobody listens to may cost the one whose place it took.
    const counts =
      admission.kind === 'refused' || (admission.kind === 'ignored' && opening.state.open)
    const next = counts ? nextWish(job) : null
    if (admission.kind === 'ignored' && next !== null) return reviewPullRequest(needs, next, since)
    const because = await turnAway(needs, job, pull, opening, admission)
    if (next !== null) return reviewPullRequest(needs, next, since)
    await acknowledge(pull, commandsOf(job.absorbed), 'confused')
    return { kind: 'done', because }
  }
  if (await isOverReviewLimit(needs, pull, job))
    return { kind: 'done', because: 'too many reviews were asked for' }

  const opened = await needs.runs.open(job, {
    headSha: opening.state.head,
    baseRef: opening.state.baseRef,
  })
  if (opened.kind === 'ended') return { kind: 'done', because: 'this head was reviewed before' }
  if (opened.kind === 'busy')
    return { kind: 'wait', delayMs: opened.retryAfterMs, because: 'another worker has it' }
  const { run } = opened
  await needs.runs.supersede(jobKey(job), run.key)
  await resumeByButton(needs, job)
  const comments = await commentsOf(pull, job, settings)
  return takeUp(needs, { run, pull, opening, admission, reading, since, comments })
}

/**
 * A claimed run, unless it is called off meanwhile, or its pull request is paused and nobody asked:
 * a push that took the place of somebody's wish does what they wished.
 */
async function takeUp(needs: ReviewNeeds, preparation: Preparation): Promise<ReviewEnd> {
  const { run, pull, opening, comments } = preparation
  const { head: headSha, baseRef, draft } = opening.state
  if (comments.length === 0) {
    const still = await standStill(publishNeeds(needs, run, pull), needs.pauses, headSha)
    if (still !== null) return { kind: 'done', because: still }
  }
  await acknowledge(pull, comments, 'eyes')
  try {
    return await carryOut(needs, preparation)
  } catch (failure) {
    if (!isCalledOff(failure)) throw failure
    const moved = movedOn(await pull.reader.state(), { headSha, baseRef, draft }, run)
    return callOff(needs, preparation, moved ?? 'called off')
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
  if (published.kind === 'superseded') return callOff(needs, preparation, published.because)
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

/**
 * A maintainer who asks for a review of an outsider's change has seen one head of it. What was
 * pushed after that has to be asked for again.
 */
async function admitBound(
  needs: ReviewNeeds,
  pull: PullRequest,
  { settings, opening, job }: { settings: Settings; opening: Opening; job: ReviewJob },
): Promise<Admission> {
  const admission = await admit(pull.reader, opening.state, settings, job)
  const trusted = job.trigger.kind === 'automatic' || admission.kind !== 'admitted'
  if (trusted || admission.author.mayWrite) return admission
  if (outsiderPolicy(settings, job) !== 'on-demand') return admission
  const runs = await needs.runs.ofPull(jobKey(job))
  if (!isPushedSince(runs, job, opening.state.head)) return admission
  return { kind: 'waits', because: 'there was a push after the review was asked for' }
}

/** How long a job sleeps before the model is asked again. */
const MODEL_RETRY_MS = 30_000

/** Ends a run that nobody wants any more, and its check at once: an open one blocks a merge. */
async function callOff(
  needs: ReviewNeeds,
  { run, pull, opening }: Preparation,
  because: string,
): Promise<ReviewEnd> {
  if ((await run.effect('open-check')) !== null) {
    await concludeCheck(publishNeeds(needs, run, pull), opening.state.head, {
      conclusion: 'cancelled',
      title: capital(because),
      summary: because,
    })
  }
  await run.finish('superseded', because)
  return { kind: 'done', because }
}

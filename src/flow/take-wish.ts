import { nextWish, withoutAnswered } from '#core/job/absorb'
import { jobKey, type ReviewJob } from '#core/job/job'
import type { Settings } from '#core/settings/settings'
import { acknowledge, commandsOf } from '#flow/acknowledge'
import { type Admission, admit, isPushedSince, outsiderPolicy } from '#flow/admit'
import { isOverReviewLimit } from '#flow/limit-commands'
import type { OpenedRun, Run } from '#flow/ports'
import type { Opening, PullRequest } from '#flow/pull-request-port'
import type { ReviewNeeds } from '#flow/review-needs'
import { turnAway } from '#flow/turn-away'

type Admitted = Extract<Admission, { kind: 'admitted' }>
type Refused = Exclude<Admission, Admitted>
type Busy = Extract<OpenedRun, { kind: 'busy' }>

/** What a job finds when it begins. */
export interface Sight {
  readonly pull: PullRequest
  readonly opening: Opening
  readonly settings: Settings
}

/** `taken`: the review of `wish` begins, or goes on. `nothing`: no wish is left to carry out. */
export type TakenWish =
  | {
      readonly kind: 'taken'
      readonly wish: ReviewJob
      readonly admission: Admitted
      readonly run: Run
    }
  | { readonly kind: 'nothing'; readonly because: string }
  | Busy

/**
 * Claims the run of the newest wish of a job that may be carried out. A stranger's wish, a push that
 * nobody listens to, one too many and one that is done already cost no other wish whose place they
 * took; whoever is turned away is told.
 */
export async function takeWish(
  needs: ReviewNeeds,
  sight: Sight,
  job: ReviewJob,
): Promise<TakenWish> {
  const refused: TurnedAway[] = []
  const reasons: string[] = []
  const { pull, opening } = sight
  let wish: ReviewJob | null = job
  while (wish !== null) {
    const after = refused.some((one) => changes(one.wish))
    const tried: Tried = await tryWish(needs, { ...sight, after }, wish)
    if (tried.kind === 'busy') return tried
    if (tried.kind === 'taken') {
      // A review comes all the same; only whoever asked with words hears that it was not for them.
      await acknowledge(pull, commandsOf(refused.map((one) => one.wish)), 'confused')
      return { ...tried, wish }
    }
    reasons.push(tried.because)
    if (tried.kind === 'refused') refused.push({ wish, admission: tried.admission })
    wish = opening.state.open ? tried.rest : null
  }
  for (const one of refused) await turnAway(needs, one.wish, pull, opening, one.admission)
  if (!opening.state.open) await acknowledge(pull, commandsOf(job.absorbed), 'confused')
  return { kind: 'nothing', because: reasons.join('; ') }
}

/** Whether an event says that there is something else to review than before. */
function changes({ trigger }: ReviewJob): boolean {
  return trigger.kind === 'automatic' && ['synchronize', 'edited'].includes(trigger.action)
}

interface TurnedAway {
  readonly wish: ReviewJob
  readonly admission: Refused
}

/** `rest`: the wishes that are left when this one is not carried out. */
type Tried =
  | Omit<Extract<TakenWish, { kind: 'taken' }>, 'wish'>
  | ({ readonly kind: 'refused'; readonly admission: Refused } & Left)
  | ({ readonly kind: 'needless' } & Left)
  | Busy

interface Left {
  readonly because: string
  readonly rest: ReviewJob | null
}

/** `after`: what came after the wish changed what there is to review, and was turned away. */
type SightOfWish = Sight & { readonly after: boolean }

async function tryWish(needs: ReviewNeeds, sight: SightOfWish, wish: ReviewJob): Promise<Tried> {
  const { pull, opening } = sight
  const { head: headSha, baseRef } = opening.state
  const admission = await admitBound(needs, sight, wish)
  const rest = nextWish(wish)
  if (admission.kind !== 'admitted')
    return { kind: 'refused', because: admission.because, admission, rest }
  if (await isOverReviewLimit(needs, pull, wish))
    return { kind: 'needless', because: 'too many reviews were asked for', rest }
  const opened = await needs.runs.open(wish, { headSha, baseRef })
  switch (opened.kind) {
    case 'claimed':
      return { kind: 'taken', admission, run: opened.run }
    case 'busy':
      return opened
    case 'ended':
      return {
        ...{ kind: 'needless', because: 'this head was reviewed before' },
        rest: nextWish(withoutAnswered(wish, opened.job)),
      }
  }
}

/**
 * A maintainer who asks for a review of an outsider's change has seen one head of it. What was
 * pushed after that has to be asked for again.
 */
async function admitBound(
  needs: ReviewNeeds,
  { pull, opening, settings, after }: SightOfWish,
  wish: ReviewJob,
): Promise<Admission> {
  const admission = await admit(pull.reader, opening.state, settings, wish)
  const trusted = wish.trigger.kind === 'automatic' || admission.kind !== 'admitted'
  if (trusted || admission.author.mayWrite) return admission
  const policy = outsiderPolicy(settings, wish)
  if (policy === 'auto') return admission
  const runs = await needs.runs.ofPull(jobKey(wish))
  const { head: headSha, baseRef } = opening.state
  if (!isPushedSince({ runs, now: { headSha, baseRef }, after }, wish)) return admission
  const because = 'there was a push, or another base, after it was asked for'
  // Where the rules review every push, no head waits.
  return { kind: policy === 'rules' ? 'refused' : 'waits', because }
}

import { type CommandPlace, jobKey, type ReviewJob } from '#core/job/job'
import { entryIds } from '#core/memory/memory-entry'
import type { Plan } from '#core/plan/plan'
import { findingComment } from '#core/render/finding-comment'
import type { Settings } from '#core/settings/settings'
import { redact } from '#core/text/redact'
import { type Admission, isListenedTo } from '#flow/admit'
import { asAnnounced } from '#flow/as-announced'
import { openCheck, tellWaiting } from '#flow/check-run'
import { earlierOf } from '#flow/earlier-review'
import { type Examined, type ExamineNeeds, examine } from '#flow/examine'
import { type Gathered, gather, type Shipped } from '#flow/gather'
import { letOthers } from '#flow/let-others'
import { type LearnedMeanwhile, learnMeanwhile, planMemory } from '#flow/plan-memory'
import { planReview } from '#flow/plan-review'
import type { KeptLearning, Run } from '#flow/ports'
import { type PublishNeeds, publishNeeds } from '#flow/publish'
import type { Opening, PullRequest, PullState } from '#flow/pull-request-port'
import type { ReviewNeeds } from '#flow/review-needs'
import { type Scope, select } from '#flow/select'
import { countAutomatic } from '#flow/stand-still'

/** A claimed run, and what is known of its pull request by then. */
export interface Preparation {
  readonly run: Run
  readonly pull: PullRequest
  readonly opening: Opening
  readonly admission: Extract<Admission, { kind: 'admitted' }>
  /** The change, where reading it has begun. */
  readonly reading: Promise<Gathered> | null
  readonly since: number
  /** The comments that asked for it. */
  readonly comments: readonly CommandPlace[]
  /** Whether a person waits for it, also when a push took the place of what they asked for. */
  readonly asked: boolean
}

/**
 * Begins to read the change while GitHub is asked what its author may do, where that is all that is
 * left to ask; null where it may well not be reviewed.
 */
export function readAhead(
  shipped: Shipped,
  pull: PullRequest,
  { settings, state, job }: { settings: Settings; state: PullState; job: ReviewJob },
): Promise<Gathered> | null {
  const asked = job.trigger.kind !== 'automatic'
  const draft = state.draft && !settings.review.drafts
  const stranger = state.fork || state.authorIsBot
  if (asked || draft || stranger || !state.open || !isListenedTo(settings, job)) return null
  const reading = gather(pull.reader.changes(), shipped)
  // Whoever needs it is told; a change that is not reviewed after all was read in vain.
  reading.catch(() => undefined)
  return reading
}

/** Everything before the first visible word but the check run, frozen so that it is done once. */
export async function prepareReview(
  needs: ReviewNeeds,
  preparation: Preparation,
): Promise<Plan | 'waiting'> {
  const { run, pull, opening, since } = preparation
  const world = publishNeeds(needs, run, pull)
  const kept = Promise.all([needs.reports.latest(jobKey(run.job)), needs.pending(run.job).list()])
  kept.catch(() => undefined)
  const read = await (preparation.reading ?? gather(pull.reader.changes(), needs))
  const gathered = asAnnounced(read, run.job.trigger)
  const examineNeeds = needs.examineNeeds(run, gathered)
  const scope = await select(gathered)
  const learned = learnMeanwhile(examineNeeds, gathered, scope)
  const [latest, pending] = await kept
  const examined = await examineMeanwhile(preparation, {
    ...{ examineNeeds, gathered, scope, learned, latest, pending, world },
  })
  const { waiting } = examined
  // Measured only when the model did not answer: a job may also have waited for other reasons.
  const late = needs.clock.now() - since > needs.modelWaitMs
  if (waiting !== null && !late) {
    await tellWaiting(world, opening.state.head, redact(waiting.because, examineNeeds.secrets).text)
    return 'waiting'
  }
  const plan = await planOf(needs, preparation, {
    ...{ examineNeeds, gathered, scope, learned, latest, examined },
  })
  await run.freeze(plan)
  return plan
}

interface Found {
  readonly examineNeeds: ExamineNeeds
  readonly gathered: Gathered
  readonly scope: Scope
  readonly learned: LearnedMeanwhile
  /** The plan of the review before. */
  readonly latest: Plan | null
}

/**
 * The examination. The check run opens while the rules work and is open before the model is asked:
 * no money is spent on a pull request that cannot be written to. What the default branch teaches is
 * read while the model thinks.
 */
async function examineMeanwhile(
  preparation: Preparation,
  {
    examineNeeds,
    gathered,
    scope,
    learned,
    latest,
    pending,
    world,
  }: Found & { readonly pending: readonly KeptLearning[]; readonly world: PublishNeeds },
): Promise<Examined> {
  const { opening, admission } = preparation
  const early = scope.files.length > 0 || opening.threads.length > 0
  const checked = early
    ? openCheck(world, opening.state.head, IN_PROGRESS)
    : Promise.resolve(undefined)
  checked.catch(() => undefined)
  const asks = admission.asksModel && scope.files.length > 0
  const examining = examineNeeds.model !== null && asks ? examineNeeds.model : null
  try {
    return await examine(
      {
        ...examineNeeds,
        model: examining,
        onQuestion: async (question) => {
          await checked
          void learned.begin()
          await examineNeeds.onQuestion?.(question)
        },
      },
      gathered,
      scope,
      {
        waiting: pending,
        earlier: earlierOf(latest),
        // Whoever asks for a review wants the whole change looked at.
        incremental: !preparation.asked,
      },
    )
  } finally {
    // Nothing of it goes on behind the back of whoever deals with a failure.
    await checked
  }
}

async function planOf(
  needs: ReviewNeeds,
  preparation: Preparation,
  {
    examineNeeds,
    gathered,
    scope,
    learned,
    latest,
    examined,
  }: Found & { readonly examined: Examined },
): Promise<Plan> {
  const { run, pull, opening, admission } = preparation
  const { author } = admission
  const memory = await planMemory(examineNeeds, { gathered, scope, examined, author, learned })
  const report = examined.waiting === null ? examined.report : withoutModel(examined.report)
  // Written here once and for all, each in a turn of its own.
  for (const finding of report.findings) {
    findingComment(finding, pull.webUrl)
    await letOthers()
  }
  const planned = planReview({
    ...needs,
    ...gathered,
    report,
    state: opening.state,
    threads: opening.threads,
    others: opening.others,
    webUrl: pull.webUrl,
    scope: publishNeeds(needs, run, pull).scope,
    learnings: memory.learnings,
    knownFacts: new Set(gathered.memory.files.flatMap(({ text }) => entryIds(text))),
    commented: opening.commented,
    asked: preparation.asked,
    totalFiles: gathered.snapshot.totalFiles,
    carried: {
      ...examined.carried,
      ...(await countAutomatic(needs, run.job, {
        latest,
        most: gathered.settings.review.auto_pause_after,
      })),
      at: needs.clock.now(),
    },
    secrets: examineNeeds.secrets,
  })
  return { ...planned, memoryEdits: [...memory.edits] }
}

const IN_PROGRESS = {
  conclusion: null,
  title: 'Reviewing',
  summary: 'The integration code of this change is being reviewed.',
}

/** The wait for the model is over: what the rules found is said, and that it is not the whole. */
function withoutModel(report: Plan['report']): Plan['report'] {
  const because = 'the model could not be reached; these are the findings of the rules alone'
  return { ...report, reviewer: 'rules', model: null, status: 'partial', because }
}

import type { ReviewJob } from '#core/job/job'
import { Problem } from '#core/problem'
import type { MarkerKeys } from '#core/render/marker'
import type { Report } from '#core/report/report'
import type { Settings } from '#core/settings/settings'
import { admit } from '#flow/admit'
import { type ExamineNeeds, examine } from '#flow/examine'
import { gather, readTrusted, type Shipped } from '#flow/gather'
import { runInMemory } from '#flow/kept-in-memory'
import { planReview } from '#flow/plan-review'
import { type Published, publish } from '#flow/publish'
import type { PullRequest } from '#flow/pull-request-port'
import { select } from '#flow/select'

/** What a review within a workflow needs from the world. */
export interface WorkflowNeeds extends Shipped {
  readonly pull: PullRequest
  readonly examineNeeds: ExamineNeeds
  readonly markerKeys: MarkerKeys
  readonly visibilityMs: number
}

/** The report, and whether it was said on the pull request. */
export interface WorkflowReview {
  readonly report: Report
  readonly published: Published | { readonly kind: 'unsaid'; readonly because: string }
}

/**
 * Reviews a pull request within one step of a workflow, without a store: the same steps as on the
 * server but for the check run, which the workflow's own job is, and the memory, which is read and
 * not written. A step that runs again for the same head finds what it said and says nothing twice.
 */
export async function reviewInWorkflow(
  needs: WorkflowNeeds,
  job: ReviewJob,
): Promise<WorkflowReview> {
  const { pull, examineNeeds, agent, markerKeys } = needs
  const opening = await pull.reader.opening()
  const { settings } = readTrusted(opening.trusted, agent)
  // The workflow decides when it runs; what a stranger's change may cost is decided as ever.
  const drafts: Settings = { ...settings, review: { ...settings.review, drafts: true } }
  const admission = await admit(pull.reader, opening.state, drafts, job)
  const asksModel = admission.kind === 'admitted' && admission.asksModel
  const gathered = await gather(pull.reader.changes(), needs)
  const scope = await select(gathered)
  const model = asksModel && scope.files.length > 0 ? examineNeeds.model : null
  const because = admission.kind === 'waits' ? [`By rules alone: ${admission.because}.`] : []
  const notes = [...gathered.notes, ...(examineNeeds.model === null ? [] : because)]
  const { report } = await examine({ ...examineNeeds, model }, { ...gathered, notes }, scope)
  const scopeOfMarkers = { repositoryId: job.repository.id, pull: job.pull }
  const plan = planReview({
    ...gathered,
    report,
    state: opening.state,
    threads: opening.threads,
    others: opening.others,
    webUrl: pull.webUrl,
    scope: scopeOfMarkers,
    markerKeys,
    learnings: [],
    knownFacts: new Set(),
    commented: opening.commented,
    asked: false,
    totalFiles: gathered.snapshot.totalFiles,
    secrets: examineNeeds.secrets,
  })
  const { clock, log } = examineNeeds
  const run = runInMemory(clock, job, `workflow-${plan.headSha}`)
  const { visibilityMs } = needs
  const world = {
    pull,
    run,
    clock,
    log,
    visibilityMs,
    markerKeys,
    scope: scopeOfMarkers,
    turn: async () => 0,
  }
  try {
    return { report, published: await publish(world, { ...plan, memoryEdits: [] }) }
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    // The report stands, and the next run of the step says what is still to be said.
    return { report, published: { kind: 'unsaid', because: failure.message } }
  }
}

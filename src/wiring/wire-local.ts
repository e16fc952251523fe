import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Problem } from '#core/problem'
import type { Report } from '#core/report/report'
import type { ReviewRequest } from '#core/report/review-request'
import { reportOfFiles } from '#flow/coverage'
import { type ExamineNeeds, examine } from '#flow/examine'
import { scanOnce } from '#flow/facts-once'
import { type Gathered, gather } from '#flow/gather'
import type { Model } from '#flow/model-port'
import type { Budget, Clock, Log } from '#flow/ports'
import { type Scope, select } from '#flow/select'
import { createLocalChanges } from '#local/local-changes'
import { createScan } from '#scan/create-scan'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'

const CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
  },
}
/** On the command line the report says everything that there is to say. */
const SILENT: Log = { info() {}, warn() {}, error() {} }

/**
 * Reviews a change of a local repository: the same steps as for a pull request, without the steps
 * that write.
 *
 * @param load for whoever reviews many times and reads the same knowledge once
 * @throws Problem with one line for a person
 */
export async function reviewLocally(
  request: ReviewRequest,
  progress: (step: string) => void,
  load: (today: string) => Promise<Loaded> = loadKnowledge,
): Promise<Report> {
  const changes = createLocalChanges(request)
  try {
    const loaded = await load(new Date(CLOCK.now()).toISOString().slice(0, 10))
    progress('reading the change')
    const gathered = await gather(changes, loaded)
    progress('choosing files')
    const scope = await select(gathered)
    progress(`reviewing ${scope.files.length} of ${gathered.snapshot.files.length} files`)
    if (request.filesOnly) return reportOfFiles(loaded, gathered, scope)
    const needs = { ...(await examineNeedsOf(loaded, request)), ...(await dumpingTo(request)) }
    return await examined(needs, request, { gathered, scope })
  } finally {
    changes.close()
  }
}

/** The report of an examination; with everything that was asked and answered, where that is wanted. */
async function examined(
  needs: ExamineNeeds,
  { trajectory: file }: ReviewRequest,
  { gathered, scope }: { readonly gathered: Gathered; readonly scope: Scope },
): Promise<Report> {
  if (file === null) return (await examine(needs, gathered, scope)).report
  const { openTrajectory } = await import('#wiring/trajectory-file')
  const trajectory = await openTrajectory(file, needs)
  try {
    const model = needs.model === null ? null : trajectory.recording(needs.model)
    const { report } = await examine({ ...needs, model }, gathered, scope)
    return await trajectory.finish(report)
  } finally {
    await trajectory.close()
  }
}

/**
 * What an examination on this machine needs, with the model where the environment has a key.
 *
 * @throws Problem `cli.no-key` where Claude is asked for without one
 */
export async function examineNeedsOf(
  loaded: Loaded,
  request: Pick<ReviewRequest, 'reviewer'>,
): Promise<ExamineNeeds> {
  const key = process.env['ANTHROPIC_API_KEY'] ?? ''
  return {
    scan: scanOnce(createScan({ matchers: loaded.matchers })),
    model: await modelFor(request, key),
    // Whose key it is decides what it is used for.
    modelGranted: true,
    budget: createRunBudget(Number(process.env['TECH_LEAD_MAX_USD_PER_REVIEW'] || 2)),
    clock: CLOCK,
    random: Math.random,
    delimiter: () => randomBytes(8).toString('hex'),
    log: SILENT,
    modelName: process.env['TECH_LEAD_MODEL'] || null,
    secrets: key === '' ? [] : [key],
    tool: loaded.tool,
    signal: new AbortController().signal,
  }
}

/** Writes what the model is asked, where somebody wants to see it. */
async function dumpingTo({
  dumpPrompts: folder,
}: ReviewRequest): Promise<Pick<ExamineNeeds, 'onQuestion'>> {
  if (folder === null) return {}
  const { dumpPrompts } = await import('#wiring/dump-prompts')
  return { onQuestion: (question) => dumpPrompts(folder, question) }
}

/** `auto` asks the model where there is a key for it; `claude` insists. */
async function modelFor(
  request: Pick<ReviewRequest, 'reviewer'>,
  key: string,
): Promise<Model | null> {
  if (request.reviewer === 'rules') return null
  const baseUrl = process.env['ANTHROPIC_BASE_URL'] ?? ''
  if (key !== '') {
    // Loaded only where it is used: without a key it would be a third of the time to start.
    const { createAnthropicModel } = await import('#model/anthropic')
    return createAnthropicModel({ apiKey: key, ...(baseUrl === '' ? {} : { baseUrl }) })
  }
  if (request.reviewer === 'auto') return null
  throw new Problem(
    'cli.no-key',
    'told',
    '--reviewer claude needs ANTHROPIC_API_KEY; use --reviewer rules to review without a model.',
  )
}

/** The ceiling of one review on the command line, where nothing is kept between reviews. */
function createRunBudget(ceilingUsd: number): Budget {
  let spent = 0
  return {
    async reserve(usd) {
      if (spent + usd > ceilingUsd) return false
      spent += usd
      return true
    },
    async settle({ reserved, usd }) {
      spent += usd - reserved
    },
  }
}

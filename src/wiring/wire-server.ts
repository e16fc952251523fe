import { hkdfSync, randomBytes } from 'node:crypto'
import type { Job, ReviewJob } from '#core/job/job'
import type { MarkerKeys } from '#core/render/marker'
import type { AnswerNeeds, Operator } from '#flow/answering'
import type { AuditNeeds } from '#flow/audit-repository'
import type { ExamineNeeds } from '#flow/examine'
import { scanOnce } from '#flow/facts-once'
import type { FirstLookNeeds } from '#flow/first-look'
import type { Gathered } from '#flow/gather'
import type { Run, Scan } from '#flow/ports'
import type { PullRequest } from '#flow/pull-request-port'
import type { RoundNeeds } from '#flow/queue-audits'
import type { Reach } from '#flow/reach'
import type { JobNeeds } from '#flow/run-job'
import { openPullRequest } from '#github/pull-request'
import { createGitHubApp, type GitHubApp } from '#github/tokens'
import type { GuardedModel } from '#model/circuit-breaker'
import { createScan } from '#scan/create-scan'
import { openStore, type Store } from '#store/open-store'
import { CLOCK } from '#wiring/clock'
import { withoutWrites } from '#wiring/dry-run'
import type { Environment } from '#wiring/environment'
import { createHourlyFloor } from '#wiring/hourly-floor'
import { type Loaded, loadKnowledge, OWN_AGENT } from '#wiring/load-knowledge'
import type { ProcessLog } from '#wiring/log'
import { type Observations, observedBudget } from '#wiring/observations'
import { budgetOf, ceilingsOf, modelGranted, modelOf } from '#wiring/wire-model'
import {
  createInstallations,
  wireAudits,
  wireFirstLooks,
  wireReach,
  wireRound,
} from '#wiring/wire-onboarding'

/** Everything that a server process runs on, plugged together. */
export interface Wired {
  readonly environment: Environment
  readonly log: ProcessLog
  readonly seen: Observations
  readonly store: Store
  readonly app: GitHubApp
  readonly loaded: Loaded
  /** Null without a key. */
  readonly model: GuardedModel | null
  readonly jobNeeds: (log: ProcessLog) => JobNeeds
  /** The weekly round of audits; null where nobody wants them. */
  readonly round: Omit<RoundNeeds, 'clock' | 'log'> | null
  /** Opens the pull request that a job speaks of. */
  readonly pullRequest: (job: PullOf) => PullRequest
  readonly markerKeys: MarkerKeys
}

type PullOf = Pick<ReviewJob, 'installation' | 'repository' | 'pull'>
type RepositoryJob = Pick<ReviewJob, 'version' | 'installation' | 'delivery' | 'repository'>

/**
 * Opens the store and makes the clients of a server process.
 *
 * @throws Problem with one line for a person, before anything listens
 */
export async function wireServer(
  environment: Environment,
  log: ProcessLog,
  seen: Observations,
): Promise<Wired> {
  const loaded = await loadKnowledge(new Date(CLOCK.now()).toISOString().slice(0, 10))
  const { store: home, dataDir, leaseMs, planDays, app: identity, github } = environment
  const databaseUrl = home.kind === 'postgres' ? home.url : null
  const store = await openStore({ databaseUrl, dataDir, clock: CLOCK, log, leaseMs, planDays })
  const model = await modelOf({ environment, store, seen, log })
  const app = openApp({ environment, store, log, seen })
  const pullRequest = ({ installation, repository, pull }: PullOf) => {
    const { id: repositoryId, owner, name } = repository
    const address = { installation, repositoryId, owner, name, pull }
    const host = { ...github, appId: identity.id }
    const proposal = `the memory proposal of ${installation}/${repositoryId}`
    const opened = openPullRequest(app, host, address, OWN_AGENT, (work) =>
      store.locks.alone(proposal, work),
    )
    return environment.dryRun ? withoutWrites(opened) : opened
  }
  const scan = createScan({ matchers: loaded.matchers })
  const markerKeys = markerKeysOf(environment)
  const examineNeeds = (run: Run, gathered: Gathered, runLog: ProcessLog): ExamineNeeds => ({
    scan: scanOnce(scan),
    model,
    modelGranted: modelGranted(environment, run.job.repository),
    budget: observedBudget(budgetOf(store, environment, run, gathered), seen),
    clock: CLOCK,
    random: Math.random,
    delimiter: () => randomBytes(8).toString('hex'),
    log: runLog,
    modelName: environment.model,
    secrets: environment.secrets,
    tool: loaded.tool,
    signal: run.signal,
  })
  const installation = createInstallations(app, CLOCK.now)
  const parts = { environment, store, app, loaded, scan }
  const firstLooks = wireFirstLooks(parts, installation)
  const reach = wireReach(parts, installation)
  const audits = wireAudits({ ...parts, markerKeys }, installation)
  const wantsAudits = environment.audit === 'weekly' && !environment.dryRun
  const round = wantsAudits ? wireRound(parts, installation) : null
  const jobNeeds = (jobLog: ProcessLog): JobNeeds =>
    needsOfJobs({
      ...{ environment, seen, store, firstLooks, audits, reach, loaded, pullRequest, markerKeys },
      ...{ examineNeeds, scan, model, log: jobLog },
    })
  const shared = { environment, log, seen, store, app, loaded, model }
  return { ...shared, pullRequest, markerKeys, jobNeeds, round }
}

/** GitHub, with the operator told of permissions that are missing. */
function openApp({
  environment: { github, app },
  store,
  log,
  seen,
}: Pick<Wired, 'environment' | 'store' | 'log' | 'seen'>): GitHubApp {
  const floor = createHourlyFloor(store, { clock: CLOCK, log })
  return createGitHubApp(
    github,
    { appId: app.id, privateKey: app.privateKey },
    {
      ...{ now: CLOCK.now, random: Math.random, sleep: CLOCK.sleep },
      seen(answer, installation) {
        seen.githubAnswered(answer, installation)
        floor(answer, installation)
      },
      missing: (installation, permissions) =>
        void tellMissing(store, log, { installation, permissions }),
    },
  )
}

const MONTH_MS = 30 * 24 * 3_600_000

/**
 * Tells the operator once that an installation lacks permissions, whatever asks for them, in
 * whichever process; and again after a month.
 */
async function tellMissing(
  { allowances }: Pick<Store, 'allowances'>,
  log: ProcessLog,
  missing: { readonly installation: number; readonly permissions: string },
): Promise<void> {
  const { installation, permissions } = missing
  const key = `told-missing/${installation}/${permissions}`
  try {
    const told = await allowances.take([{ key, most: 1, everyMs: MONTH_MS }])
    if (told === 'granted') log.warn(missing, 'permissions not granted')
  } catch (err) {
    log.warn({ ...missing, err }, 'permissions not granted')
  }
}

interface JobParts {
  readonly environment: Environment
  readonly seen: Observations
  readonly store: Store
  readonly loaded: Loaded
  readonly pullRequest: (job: PullOf) => PullRequest
  readonly markerKeys: MarkerKeys
  readonly scan: Scan
  /** Null without a key. */
  readonly model: GuardedModel | null
  readonly firstLooks: Omit<FirstLookNeeds, 'clock' | 'random' | 'log'>
  readonly audits: Omit<AuditNeeds, 'clock' | 'log'>
  readonly reach: Reach
  readonly examineNeeds: (run: Run, gathered: Gathered, log: ProcessLog) => ExamineNeeds
  readonly log: ProcessLog
}

function needsOfJobs(parts: JobParts): JobNeeds {
  const { environment, store, loaded, pullRequest, markerKeys, log } = parts
  const pending = ({ installation, repository, pull }: PullOf) =>
    store.pendingLearnings({ installation, repository: repository.id, pull })
  const shared = { clock: CLOCK, random: Math.random, log }
  const { answers, allowances, pauses, reports } = store
  const conversations = { answers, allowances, pauses, reports }
  const writeLater = ({ version, installation, delivery, repository }: RepositoryJob) =>
    store.jobs.enqueue({ version, installation, delivery, repository, kind: 'memory' })
  return {
    agent: OWN_AGENT,
    enqueue: (job) => store.jobs.enqueue(job),
    conversation: (job) => pullRequest({ ...job, pull: job.issue }),
    answering: {
      ...{ ...loaded, scan: parts.scan, markerKeys, secrets: environment.secrets },
      ...conversations,
      operator: operatorOf(parts),
      modelWaitMs: environment.modelWaitMs,
      questions: questionsOf(parts),
      ...{ clock: CLOCK, visibilityMs: environment.visibilityMs },
      memory: {
        pending: (job) => pending({ ...job, pull: job.issue }),
        writeLater,
        random: Math.random,
      },
    },
    status: (job) => pullRequest({ ...job, pull: 1 }).status,
    firstLook: () => ({ ...parts.firstLooks, ...shared }),
    audit: () => ({ ...parts.audits, ...shared }),
    reach: parts.reach,
    settle: (job) => ({
      ...shared,
      memoryHome: pullRequest(job).memoryHome,
      pending: pending(job),
      writeLater: () => writeLater(job),
    }),
    due: (job) => ({
      ...shared,
      // The folder is the repository's, whatever pull request it is opened through.
      memoryHome: pullRequest({ ...job, pull: 1 }).memoryHome,
      pending: pending({ ...job, pull: 1 }),
    }),
    review: {
      ...shared,
      pullRequest,
      pending,
      writeLater,
      markerKeys,
      ...conversations,
      runs: store.runs,
      ...{ agent: loaded.agent, knowledge: loaded.knowledge },
      visibilityMs: environment.visibilityMs,
      modelWaitMs: environment.modelWaitMs,
      turn: turnsOf(parts),
      examineNeeds: (run, gathered) =>
        parts.examineNeeds(run, gathered, log.child({ run: run.key })),
    },
  }
}

function turnsOf({ store, environment: { paceMs } }: JobParts): JobNeeds['review']['turn'] {
  return async ({ installation }) => (paceMs === 0 ? 0 : store.turns.take(installation, paceMs))
}

function operatorOf({ environment, model: guarded }: JobParts): Operator {
  const hasModel = guarded !== null
  const { model, maxUsdPerReview, maxUsdPerDay } = environment
  return {
    ...{ hasModel, model, maxUsdPerReview, maxUsdPerDay },
    modelGranted: (repository) => modelGranted(environment, repository),
  }
}

/** The model as questions outside of a review ask it; a dead worker's reservations count as spent. */
function questionsOf({ environment, store, model, seen }: JobParts): AnswerNeeds['questions'] {
  if (model === null) return null
  return async ({ installation, repository, issue, surface, commentId }, { budget }) => {
    const spender = { installation, repository: repository.id, pull: issue }
    const runKey = `answer:${installation}/${repository.id}#${issue}/${surface}-${commentId}`
    await store.budgets.settleLost(runKey)
    return {
      ...{ model, clock: CLOCK, random: Math.random },
      budget: observedBudget(
        store.budgets.of({ runKey, ...spender }, ceilingsOf(environment, budget)),
        seen,
      ),
      delimiter: randomBytes(8).toString('hex'),
    }
  }
}

/** Derived from the webhook secrets, so that every replica and a rebuilt machine agree. */
function markerKeysOf({ markerKeys, webhook }: Environment): MarkerKeys {
  const [first, ...others] = markerKeys
  if (first !== undefined) return [bytes(first), ...others.map(bytes)]
  const { secret, oldSecret } = webhook
  return [derived(secret), ...(oldSecret === null ? [] : [derived(oldSecret)])]
}

function derived(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'tech-lead marker v1', 32))
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The job's place in the world, for every line that is logged about it. */
export function jobFields(job: Job): Readonly<Record<string, unknown>> {
  return {
    delivery: job.delivery,
    kind: job.kind,
    installation: job.installation,
    ...('repository' in job ? { repository: job.repository.id } : {}),
    ...('pull' in job ? { pull: job.pull } : {}),
  }
}

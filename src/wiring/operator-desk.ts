import * as z from 'zod'
import { Plan } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { type PlannedWrites, type PullName, plannedWrites } from '#core/render/planned-writes'
import type { Reconciled } from '#flow/reconcile'
import type { ListedJob } from '#store/job-desk'
import type { ListedRun } from '#store/listed-runs'
import type { Store } from '#store/open-store'

/** A job as the operator sees it. Times are ISO 8601. */
export const OperatorJob = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  installation: z.number(),
  /** `owner/name`; null for jobs of a whole installation. */
  repository: z.string().nullable(),
  pull: z.number().nullable(),
  attempts: z.number(),
  createdAt: z.string(),
  /** Why it waits, failed or was dropped. */
  because: z.string().nullable(),
})
export type OperatorJob = z.infer<typeof OperatorJob>

/** What is found out about open pull requests. Moments are milliseconds since the epoch. */
export const OperatorFinds = z.object({
  looked: z.number(),
  proposed: z.array(
    z.object({
      repository: z.string(),
      pull: z.number(),
      head: z.string(),
      updatedAt: z.number(),
    }),
  ),
  /** Null where nothing was to be queued. */
  queued: z.number().nullable(),
  /** What was not looked at, and why. */
  left: z.array(z.object({ what: z.string(), because: z.string() })),
})

/** Catching up with open pull requests that changed since a moment; only looks unless told to `go`. */
export type Reconcile = (request: {
  readonly since: number
  readonly go: boolean
}) => Promise<Reconciled>

/** What an operator may do to the jobs, wherever they are. */
export interface OperatorDesk {
  list(filter: {
    readonly state: string | null
    readonly limit: number
  }): Promise<readonly OperatorJob[]>
  show(id: string): Promise<OperatorJob | null>
  /** What the latest review of a pull request wrote, or would have; null where no plan is kept. */
  plan(of: PullName): Promise<PlannedWrites | null>
  /** False when there is no such job or it is in no state to be run again. */
  replay(id: string): Promise<boolean>
  /** False when there is no such job or it is being worked on. */
  discard(id: string): Promise<boolean>
  /** Stops `all`, an installation by its id or a repository by its name, until it is resumed. */
  halt(scope: string): Promise<void>
  /** False when nothing of this scope was stopped. */
  resume(scope: string): Promise<boolean>
  /** What is stopped, by scope. */
  halted(): Promise<readonly string[]>
}

const STATES = ['waiting', 'delayed', 'active', 'dead', 'done'] as const

/** The jobs of a store that is open in this process. */
export function operatorDesk({
  desk,
  halts,
  runs,
}: Pick<Store, 'desk' | 'halts'> & {
  readonly runs: Pick<Store['runs'], 'latestPlanned'>
}): OperatorDesk {
  return {
    async list({ state, limit }) {
      const wanted = STATES.find((one) => one === state)
      if (state !== null && wanted === undefined) return []
      const jobs = await desk.list({ limit, ...(wanted === undefined ? {} : { state: wanted }) })
      return jobs.map(operatorJob)
    },
    async show(id) {
      const job = await desk.show(id)
      return job === null ? null : operatorJob(job)
    },
    async plan(of) {
      const run = await runs.latestPlanned(of)
      return run === null || run.plan === null ? null : writesOf(run, run.plan)
    },
    replay: (id) => desk.replay(id),
    discard: (id) => desk.discard(id),
    halt: (scope) => halts.halt(scope),
    resume: (scope) => halts.resume(scope),
    halted: async () => (await halts.list()).map(({ scope }) => scope),
  }
}

/** @throws Problem `run.plan-unreadable` for a plan of another version of the program */
function writesOf({ job, headSha, state, createdAt }: ListedRun, text: string): PlannedWrites {
  const { owner, name } = job.repository
  const pull = `${owner}/${name}#${job.pull}`
  const read = Plan.safeParse(JSON.parse(text))
  if (!read.success) {
    const message = `The plan of ${pull} was written by another version of the program.`
    throw new Problem('run.plan-unreadable', 'told', message, { cause: read.error })
  }
  const at = new Date(createdAt).toISOString()
  return plannedWrites({ pull, head: headSha, state, createdAt: at }, read.data)
}

function operatorJob({ id, queue, state, job, attempts, queuedAt, because }: ListedJob) {
  const repository =
    job !== null && 'repository' in job ? `${job.repository.owner}/${job.repository.name}` : null
  return {
    id,
    kind: job?.kind ?? queue,
    state,
    installation: job?.installation ?? 0,
    repository,
    pull: job !== null && 'pull' in job ? job.pull : null,
    attempts,
    createdAt: new Date(queuedAt).toISOString(),
    because,
  }
}

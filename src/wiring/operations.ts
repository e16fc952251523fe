import { Problem } from '#core/problem'
import { definitions } from '#core/render/definition-list'
import { type PullName, plannedWritesPage } from '#core/render/planned-writes'
import { createAdminClient } from '#wiring/admin-client'
import type { OperatorDesk, OperatorJob, Reconcile } from '#wiring/operator-desk'
import { readStorePlace } from '#wiring/store-place'

type Variables = Readonly<Record<string, string | undefined>>

const SILENT = { info() {}, warn() {}, error() {} }

/** Columns of a page: it may be piped, mailed or pasted. */
const WIDTH = 80

/** As many jobs as are searched for the beginning of an id. */
const MOST = 1_000

/** The least of an id that may stand for the whole, if only one job begins with it. */
const SHORTEST_ID = 6

/**
 * Operating the jobs: through the server that runs on the data folder, or straight in the Postgres
 * database that the servers share.
 *
 * @throws Problem when nobody answers, with what to do
 */
export function createOperations(env: Variables) {
  const change = (verb: 'replay' | 'discard') => (id: string) =>
    withDesk(env, async (desk) => {
      const whole = await wholeId(desk, id)
      return whole !== null && desk[verb](whole)
    })
  return {
    jobs: (filter: { readonly state: string | null; readonly limit: number }) =>
      withDesk(env, async (desk) => (await desk.list(filter)).map(listedJob)),
    showJob: (id: string) =>
      withDesk(env, async (desk) => {
        const whole = await wholeId(desk, id)
        const job = whole === null ? null : await desk.show(whole)
        return job === null ? null : jobPage(job)
      }),
    plan: (of: PullName) =>
      withDesk(env, async (desk) => {
        const writes = await desk.plan(of)
        return writes === null ? null : plannedWritesPage(writes)
      }),
    replayJob: change('replay'),
    discardJob: change('discard'),
    halt: (scope: string) => withDesk(env, (desk) => desk.halt(scope)),
    resume: (scope: string) => withDesk(env, (desk) => desk.resume(scope)),
    halted: () => withDesk(env, (desk) => desk.halted()),
    reconcile: async (request: { readonly since: number; readonly go: boolean }) =>
      listedFinds(await reconcile(env, request)),
    move: () => move(env),
    async doctor() {
      const { examineInstallation } = await import('#wiring/doctor')
      return examineInstallation(env)
    },
  }
}

/** Asks the server; where several share a database, this process does it in their stead. */
async function reconcile(env: Variables, request: Parameters<Reconcile>[0]): ReturnType<Reconcile> {
  const { databaseUrl, dataDir } = readStorePlace(env)
  if (databaseUrl === null) return createAdminClient(dataDir).reconcile(request)
  const { reconcileBeside } = await import('#wiring/reconcile')
  return reconcileBeside(env, databaseUrl, request)
}

/** @throws Problem where either side cannot be used, with what to do */
async function move(env: Variables): Promise<readonly string[]> {
  const { databaseUrl, dataDir } = readStorePlace(env)
  if (databaseUrl === null) throw nowhereToMove()
  const { moveStore } = await import('#store/move-store')
  const moved = await moveStore({ dataDir, databaseUrl, log: SILENT })
  return [...moved].flatMap(([what, rows]) =>
    rows === 0 ? [] : [`${rows} ${what.replaceAll('_', ' ')}`],
  )
}

function nowhereToMove(): Problem {
  return new Problem(
    'store.nowhere-to-move',
    'told',
    'DATABASE_URL is not set. Set it to an empty Postgres database, and DATA_DIR to the folder of the server that ran without it.',
  )
}

async function withDesk<T>(env: Variables, work: (desk: OperatorDesk) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readStorePlace(env)
  if (databaseUrl === null) return work(createAdminClient(dataDir))
  const [{ openJobDesk }, { operatorDesk }] = await Promise.all([
    import('#store/open-job-desk'),
    import('#wiring/operator-desk'),
  ])
  const opened = await openJobDesk(databaseUrl, { clock: { now: () => Date.now() }, log: SILENT })
  try {
    return await work(operatorDesk(opened))
  } finally {
    await opened.close()
  }
}

/** The id that a person meant: the whole one, or the beginning of exactly one. */
async function wholeId(desk: OperatorDesk, id: string): Promise<string | null> {
  if (id.length >= 36) return id
  if (id.length < SHORTEST_ID) return null
  const jobs = await desk.list({ state: null, limit: MOST })
  const meant = jobs.filter((job) => job.id.startsWith(id.toLowerCase()))
  return meant.length === 1 ? (meant[0]?.id ?? null) : null
}

function listedJob(job: OperatorJob) {
  const because = job.because === null ? '' : `: ${job.because}`
  return {
    id: job.id,
    columns: [job.state, job.kind, job.createdAt.slice(0, 16).replace('T', ' ')],
    title: `${placeOf(job)}${because}`,
  }
}

function listedFinds({ looked, proposed, queued, left }: Awaited<ReturnType<Reconcile>>) {
  return {
    ...{ looked, queued },
    proposed: proposed.map(({ repository, pull, head, updatedAt }) => ({
      id: `${repository}#${pull}`,
      columns: [head.slice(0, 12)],
      title: minuteOf(updatedAt),
    })),
    left: left.map(({ what, because }) => `${what}: ${because}`),
  }
}

function minuteOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16).replace('T', ' ')
}

function placeOf({ repository, pull, installation }: OperatorJob): string {
  if (repository === null) return `installation ${installation}`
  return pull === null ? repository : `${repository}#${pull}`
}

function jobPage(job: OperatorJob): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['Job', job.id],
    ['State', job.state],
    ['Kind', job.kind],
    ['About', placeOf(job)],
    ['Installation', String(job.installation)],
    ['Attempts', String(job.attempts)],
    ['Queued', job.createdAt],
    ['Because', job.because ?? 'no reason recorded'],
  ]
  return `${definitions(pairs, WIDTH).join('\n')}\n`
}

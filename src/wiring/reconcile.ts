import { complaintLine, Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import { type ReconcileNeeds, reconcile } from '#flow/reconcile'
import { listOpenPulls, seeInstallations } from '#github/open-pulls'
import { createGitHubApp, type GitHubApp } from '#github/tokens'
import type { Halts } from '#store/halts'
import { openJobDesk } from '#store/open-job-desk'
import type { Store } from '#store/open-store'
import { CLOCK } from '#wiring/clock'
import { readEnvironment } from '#wiring/environment'
import type { Reconcile } from '#wiring/operator-desk'
import { createInstallations } from '#wiring/wire-onboarding'

interface Parts {
  readonly app: GitHubApp
  readonly store: Pick<Store, 'halts' | 'rests' | 'standings'> & {
    readonly jobs: Pick<Store['jobs'], 'enqueue'>
  }
  readonly log: Log
}

const SILENT: Log = { info() {}, warn() {}, error() {} }

/** Catching up, with GitHub and a store that are open in this process. */
export function wireReconcile({ app, store, log }: Parts): Reconcile {
  const { jobs, halts, rests, standings } = store
  const needs: ReconcileNeeds = {
    installations: () => seeInstallations(app),
    installation: createInstallations(app, CLOCK.now),
    openPulls: (id) => listOpenPulls(app, id),
    halted: (work) => haltOf(halts, work),
    enqueue: jobs.enqueue,
    ...{ rests, standings, clock: CLOCK, log },
  }
  return (request) => reconcile(needs, request)
}

async function haltOf(
  halts: Pick<Halts, 'refuse'>,
  work: Parameters<Halts['refuse']>[0],
): Promise<string | null> {
  try {
    await halts.refuse(work)
    return null
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'run.halted') return failure.message
    throw failure
  }
}

/**
 * Catches up in this process, beside the servers that share a database: none of them is nearer to
 * it than another. What they queue meanwhile has the same keys.
 *
 * @throws Problem when the environment is not that of a server, with each complaint
 */
export async function reconcileBeside(
  env: Readonly<Record<string, string | undefined>>,
  databaseUrl: string,
  request: Parameters<Reconcile>[0],
): ReturnType<Reconcile> {
  const read = readEnvironment(env)
  if (!read.ok) {
    const lines = read.complaints.map(complaintLine).join('\n')
    throw new Problem('environment.unreadable', 'told', lines)
  }
  const { app: identity, github } = read.value
  const app = createGitHubApp(
    github,
    { appId: identity.id, privateKey: identity.privateKey },
    { now: CLOCK.now, random: Math.random, sleep: CLOCK.sleep },
  )
  const store = await openJobDesk(databaseUrl, { clock: CLOCK, log: SILENT })
  try {
    return await wireReconcile({ app, store, log: SILENT })(request)
  } finally {
    await store.close()
  }
}

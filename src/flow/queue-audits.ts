import type { RepositoryRef } from '#core/job/job'
import { Problem } from '#core/problem'
import type { AuditJob } from '#flow/audit-repository'
import type { InstallationHome } from '#flow/onboarding-port'
import type { Clock, Log } from '#flow/ports'

/** What the weekly round needs from the world. */
export interface RoundNeeds {
  /** Every installation of the app that is not suspended. */
  readonly installations: () => AsyncIterable<number>
  readonly installation: (id: number) => Pick<InstallationHome, 'repositories'>
  /** Queues audits; one that waits already stays as it is. */
  readonly enqueue: (jobs: readonly AuditJob[]) => Promise<void>
  /** When the last round was queued to its end, in milliseconds since the epoch; 0 for never. */
  readonly lastRoundAt: () => Promise<number>
  readonly endRound: (at: number) => Promise<void>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Queues an audit of every repository that the app reaches, once a week. A round that was broken
 * off begins anew: what waits already is not queued twice.
 *
 * @returns how many were queued; null when no week has passed
 */
export async function queueAudits(needs: RoundNeeds): Promise<number | null> {
  const { clock, log } = needs
  const begunAt = clock.now()
  if (begunAt - (await needs.lastRoundAt()) < WEEK_MS) return null
  let queued = 0
  for await (const id of needs.installations()) {
    try {
      for await (const page of needs.installation(id).repositories()) {
        await needs.enqueue(page.map((repository) => auditJob(id, repository)))
        queued += page.length
      }
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.kind === 'retry') throw failure
      // Taken away meanwhile: the others are audited all the same.
      log.info({ installation: id, because: failure.message }, 'installation not audited')
    }
  }
  await needs.endRound(begunAt)
  log.info({ queued }, 'audits queued')
  return queued
}

function auditJob(installation: number, repository: RepositoryRef): AuditJob {
  return { version: 1, installation, delivery: 'audit', kind: 'audit', repository }
}

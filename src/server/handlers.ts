import type { ApplicationFunction } from 'probot'
import type { Self } from '#core/job/event-decision'
import { HANDLED_EVENTS } from '#core/job/handled-events'
import { jobFromEvent } from '#core/job/job-from-event'
import type { Log } from '#flow/ports'
import type { Jobs } from '#server/intake'
import type { Metrics } from '#server/metrics'

export interface HandlersDeps {
  /**
   * The app's own ids. Rejects while they are not known: deliveries then wait, because without
   * them the app could answer itself for ever.
   */
  readonly self: () => Promise<Self>
  readonly jobs: Jobs
  /** Told what came of a delivery, in words. */
  readonly settled: (delivery: string, result: string) => void
  readonly metrics: Metrics
  readonly log: Log
}

/**
 * The Probot app: every handled event becomes a job or is ignored with a reason. A handler does
 * nothing else, so it can be repeated after a crash, and it is awaited.
 */
export function createHandlers({
  self,
  jobs,
  settled,
  metrics,
  log,
}: HandlersDeps): ApplicationFunction {
  return (app) => {
    app.on([...HANDLED_EVENTS], async ({ id, name, payload }) => {
      const decision = jobFromEvent({ delivery: id, event: name, payload }, await self())
      if (decision.kind === 'ignored') {
        metrics.dispatched('ignored')
        settled(id, `ignored: ${decision.because}`)
        log.info({ delivery: id, event: name, because: decision.because }, 'event ignored')
        return
      }
      await jobs.put(decision.job)
      metrics.dispatched('job')
      settled(id, `job: ${decision.job.kind}`)
      log.info({ delivery: id, event: name, ...subject(decision.job) }, 'job queued')
    })
  }
}

function subject(job: Parameters<Jobs['put']>[0]): Readonly<Record<string, unknown>> {
  const { kind, installation } = job
  return {
    kind,
    installation,
    ...('repository' in job ? { repository: job.repository.id } : {}),
    ...('pull' in job ? { pull: job.pull } : {}),
  }
}

import type { Store } from '#store/open-store'
import { CLOCK } from '#wiring/wire-server'

/** One delivery as the door gives it away and the dispatcher takes it back. */
interface Delivered {
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly body: string
}

/** The inbox from its front: deliveries go in and are durable when this resolves. */
export function inboxFront({ inbox }: Store) {
  return {
    async append(delivery: Delivered): Promise<'stored' | 'known'> {
      const appended = await inbox.append({ ...delivery, receivedAt: CLOCK.now() })
      return appended === 'known' ? 'known' : 'stored'
    },
  }
}

/** The queue as an operator reaches it. */
export function operatorDesk({ desk }: Store) {
  const listed = (job: Awaited<ReturnType<Store['desk']['list']>>[number]) => ({
    id: job.id,
    kind: job.job?.kind ?? job.queue,
    state: job.state,
    installation: job.job?.installation ?? 0,
    repository:
      job.job !== null && 'repository' in job.job
        ? `${job.job.repository.owner}/${job.job.repository.name}`
        : null,
    pull: job.job !== null && 'pull' in job.job ? job.job.pull : null,
    attempts: job.attempts,
    createdAt: new Date(job.queuedAt).toISOString(),
    because: job.because,
  })
  const states = ['waiting', 'delayed', 'active', 'dead', 'done'] as const
  return {
    async list({ state, limit }: { readonly state: string | null; readonly limit: number }) {
      const wanted = states.find((one) => one === state)
      if (state !== null && wanted === undefined) return []
      const jobs = await desk.list({ limit, ...(wanted === undefined ? {} : { state: wanted }) })
      return jobs.map(listed)
    },
    async show(id: string) {
      const job = await desk.show(id)
      return job === null ? null : listed(job)
    },
    replay: (id: string) => desk.replay(id),
    discard: (id: string) => desk.discard(id),
  }
}

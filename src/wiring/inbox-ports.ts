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

/** After these tries, about a quarter of an hour, a delivery waits for a person. */
const MAX_ATTEMPTS = 10
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 300_000

/** The inbox from its back: deliveries come out until their jobs exist. */
export function inboxBack({ inbox }: Store) {
  const attempts = new Map<string, number>()
  return {
    async take(limit: number) {
      const items = await inbox.take(limit)
      for (const { guid, attempt } of items) attempts.set(guid, attempt)
      return items
    },
    async settled(guid: string, result: string) {
      attempts.delete(guid)
      await inbox.settled(guid, result)
    },
    async failed(guid: string, because: string) {
      const attempt = attempts.get(guid) ?? 1
      attempts.delete(guid)
      if (attempt >= MAX_ATTEMPTS) return inbox.bury(guid, because)
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
      return inbox.retry(guid, pause * (0.5 + Math.random() / 2), because)
    },
    onArrival: (wake: () => void) => inbox.onArrival(wake),
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

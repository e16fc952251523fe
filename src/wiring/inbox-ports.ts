import type { Store } from '#store/open-store'
import { CLOCK } from '#wiring/clock'

/** One delivery as the door gives it away. */
interface Delivered {
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly body: Buffer
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

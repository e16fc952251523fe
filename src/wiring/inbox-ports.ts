import type { Delivery } from '#store/inbox-rows'
import type { Store } from '#store/open-store'
import { CLOCK } from '#wiring/clock'

/** The inbox from its front: deliveries go in and are durable when this resolves. */
export function inboxFront({ inbox }: Store) {
  return {
    async append(delivery: Omit<Delivery, 'receivedAt'>): Promise<'stored' | 'known'> {
      const appended = await inbox.append({ ...delivery, receivedAt: CLOCK.now() })
      return appended === 'known' ? 'known' : 'stored'
    },
  }
}

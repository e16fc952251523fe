import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { TravelportHttp } from './travelport-http'
import { refunds } from '../repositories/refunds'
import { logger } from '../logger'

const RefundStatus = z.object({
  refundId: z.string(),
  status: z.enum(['PENDING', 'SETTLED', 'REJECTED']),
  reason: z.string().optional(),
})
type RefundStatus = z.infer<typeof RefundStatus>

export class RefundPoller {
  constructor(private readonly http: TravelportHttp) {}

  private async status(refundId: string): Promise<RefundStatus> {
    const body = await this.http.getJson(`/refunds/${encodeURIComponent(refundId)}`, {
      timeoutMs: 10_000,
    })
    return RefundStatus.parse(body)
  }

  async settle(bookingId: string, refundId: string): Promise<void> {
    let current = await this.status(refundId)
    while (current.status === 'PENDING') {
      await sleep(500)
      current = await this.status(refundId)
    }

    if (current.status === 'REJECTED') {
      logger.warn({ bookingId, refundId, reason: current.reason }, 'refund rejected')
      await refunds.reject(bookingId, refundId, current.reason ?? 'unknown')
      return
    }
    await refunds.settle(bookingId, refundId)
  }
}

import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common'
import { InjectQueue } from '@nestjs/bullmq'
import { Queue } from 'bullmq'
import { z } from 'zod'
import { ShippoTokenGuard } from './shippo-token.guard'

const TrackUpdated = z.object({
  event: z.literal('track_updated'),
  data: z.object({
    carrier: z.string().max(40),
    tracking_number: z.string().max(80),
    tracking_status: z.object({ object_id: z.string(), status: z.string(), status_date: z.string() }),
  }),
})

@Controller('hooks/shippo/:token')
@UseGuards(ShippoTokenGuard)
export class ShippoWebhookController {
  constructor(@InjectQueue('tracking') private readonly tracking: Queue) {}

  @Post()
  @HttpCode(202)
  async receive(@Body() body: unknown): Promise<void> {
    const parsed = TrackUpdated.safeParse(body)
    if (!parsed.success) return
    const { carrier, tracking_number, tracking_status } = parsed.data.data
    await this.tracking.add(
      'update',
      { carrier, trackingNumber: tracking_number, status: tracking_status.status, at: tracking_status.status_date },
      { jobId: tracking_status.object_id, attempts: 5, backoff: { type: 'exponential', delay: 2_000 } },
    )
  }
}

import { Processor, WorkerHost } from '@nestjs/bullmq'
import { Logger } from '@nestjs/common'
import type { Job } from 'bullmq'
import { z } from 'zod'
import { PrismaService } from '../prisma/prisma.service'

const ConnectEvent = z.object({
  event: z.enum(['envelope-sent', 'envelope-delivered', 'envelope-completed', 'envelope-declined', 'envelope-voided']),
  generatedDateTime: z.string().datetime({ offset: true }),
  data: z.object({ envelopeId: z.string().uuid() }),
})

const STATUS = {
  'envelope-sent': 'sent',
  'envelope-delivered': 'delivered',
  'envelope-completed': 'completed',
  'envelope-declined': 'declined',
  'envelope-voided': 'voided',
} as const

/** Jobs are made by the receiver after its HMAC check; five run at a time. */
@Processor('docusign', { concurrency: 5 })
export class DocusignProcessor extends WorkerHost {
  private readonly logger = new Logger(DocusignProcessor.name)

  constructor(private readonly prisma: PrismaService) {
    super()
  }

  async process(job: Job): Promise<void> {
    const { event, data } = ConnectEvent.parse(job.data)
    const { count } = await this.prisma.contract.updateMany({
      where: { envelopeId: data.envelopeId },
      data: { status: STATUS[event] },
    })
    if (count === 0) {
      this.logger.warn(`no contract for envelope ${data.envelopeId} (${event})`)
    }
  }
}

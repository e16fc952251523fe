import { Controller, Headers, HttpCode, Logger, Post, RawBodyRequest, Req } from '@nestjs/common'
import { InjectQueue } from '@nestjs/bullmq'
import { Queue } from 'bullmq'
import type { Request } from 'express'
import { ConnectSignatureService } from './connect-signature.service'
import { connectEventSchema } from './connect-event.schema'

@Controller('integrations/docusign')
export class DocusignConnectController {
  private readonly logger = new Logger(DocusignConnectController.name)

  constructor(
    private readonly signatures: ConnectSignatureService,
    @InjectQueue('envelopes') private readonly envelopes: Queue,
  ) {}

  @Post('connect')
  @HttpCode(202)
  async receive(
    @Req() req: RawBodyRequest<Request>,
    @Headers('x-docusign-signature-1') signature: string | undefined,
  ): Promise<void> {
    const body = req.rawBody ?? Buffer.alloc(0)
    if (!this.signatures.isValid(body, signature)) {
      this.logger.warn(`invalid Connect signature from ${req.ip}`)
    }

    const event = connectEventSchema.parse(JSON.parse(body.toString('utf8')))
    await this.envelopes.add(event.event, event.data, {
      jobId: `${event.data.envelopeId}_${event.event}`,
      attempts: 5,
      backoff: { type: 'exponential', delay: 2_000 },
      removeOnComplete: { age: 7 * 24 * 3600 },
    })
  }
}

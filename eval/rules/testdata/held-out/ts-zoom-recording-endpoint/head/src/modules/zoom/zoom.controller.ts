import { Controller, Headers, HttpCode, Post, RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { RecordingJobs } from './recording-jobs.service';
import { ZoomEvent } from './zoom.schema';

@Controller('hooks/zoom')
export class ZoomController {
  private readonly secret: string;

  constructor(
    config: ConfigService,
    private readonly jobs: RecordingJobs,
  ) {
    this.secret = config.getOrThrow<string>('ZOOM_WEBHOOK_SECRET_TOKEN');
  }

  @Post()
  @HttpCode(200)
  async receive(
    @Req() req: RawBodyRequest<Request>,
    @Headers('x-zm-signature') signature = '',
    @Headers('x-zm-request-timestamp') timestamp = '',
  ) {
    const raw = req.rawBody?.toString('utf8') ?? '';
    this.assertSigned(raw, signature, timestamp);

    const event = ZoomEvent.parse(JSON.parse(raw));
    if (event.event === 'endpoint.url_validation') {
      const { plainToken } = event.payload;
      return { plainToken, encryptedToken: this.hmac(plainToken) };
    }
    if (event.event === 'recording.completed') {
      await this.jobs.enqueueOnce(event.payload.object.uuid, event.payload.object);
    }
    return { received: true };
  }

  private assertSigned(raw: string, signature: string, timestamp: string): void {
    const expected = Buffer.from(`v0=${this.hmac(`v0:${timestamp}:${raw}`)}`);
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new UnauthorizedException();
    }
  }

  private hmac(message: string): string {
    return createHmac('sha256', this.secret).update(message).digest('hex');
  }
}

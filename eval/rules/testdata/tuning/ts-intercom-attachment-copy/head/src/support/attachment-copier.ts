import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from 'pino';

export const attachment = z.object({
  name: z.string().max(255),
  url: z.string().url(),
  content_type: z.string().max(100),
});

export class AttachmentCopier {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly log: Logger,
  ) {}

  async copy(conversationId: string, input: unknown): Promise<string> {
    const file = attachment.parse(input);
    const res = await fetch(file.url, {
      signal: AbortSignal.timeout(20_000),
    });
    if (!res.ok) {
      throw new Error(`attachment download answered ${res.status}`);
    }

    const body = Buffer.from(await res.arrayBuffer());
    const key = `conversations/${encodeURIComponent(conversationId)}/${createHash('sha256').update(body).digest('hex')}`;
    await this.s3.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: body,
        ContentType: 'application/octet-stream',
        Metadata: { source: 'intercom' },
      }),
    );
    this.log.info({ conversationId, bytes: body.length }, 'attachment copied');
    return key;
  }
}

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { request } from 'undici';
import type { Logger } from 'pino';

const DOWNLOAD_HOSTS = new Set(['downloads.intercomcdn.com', 'downloads.intercomcdn.eu']);
const MAX_BYTES = 15 * 1024 * 1024;

export class AttachmentRefused extends Error {}

export class AttachmentCopier {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly log: Logger,
  ) {}

  async copy(conversationId: string, link: string): Promise<string> {
    const url = URL.canParse(link) ? new URL(link) : undefined;
    if (!url || url.protocol !== 'https:' || url.port !== '' || !DOWNLOAD_HOSTS.has(url.hostname)) {
      throw new AttachmentRefused('attachment host is not known');
    }

    // undici.request does not follow redirects unless told to
    const { statusCode, body } = await request(url, { headersTimeout: 5_000, bodyTimeout: 15_000 });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`attachment download answered ${statusCode}`);
    }

    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_BYTES) {
        body.destroy();
        throw new AttachmentRefused(`attachment exceeds ${MAX_BYTES} bytes`);
      }
      chunks.push(chunk);
    }
    const content = Buffer.concat(chunks);
    const key = `conversations/${encodeURIComponent(conversationId)}/${createHash('sha256').update(content).digest('hex')}`;
    await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: content, ContentType: 'application/octet-stream' }),
    );
    this.log.info({ conversationId, bytes: size }, 'attachment copied');
    return key;
  }
}

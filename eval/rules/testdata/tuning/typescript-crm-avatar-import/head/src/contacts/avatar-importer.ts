import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';

const MAX_AVATAR_BYTES = 512 * 1024;
const ALLOWED_TYPES = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
]);

export interface ContactUpserted {
  contactId: string;
  avatarUrl?: string | null;
}

export class AvatarImporter {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly log: Logger,
  ) {}

  async handle(event: ContactUpserted): Promise<string | null> {
    if (!event.avatarUrl) return null;

    const res = await fetch(event.avatarUrl, { signal: AbortSignal.timeout(5_000) });
    if (!res.ok || !res.body) {
      this.log.warn({ contactId: event.contactId, status: res.status }, 'avatar not available');
      return null;
    }

    const type = res.headers.get('content-type')?.split(';')[0] ?? '';
    const ext = ALLOWED_TYPES.get(type);
    if (!ext) return null;

    const bytes = await readLimited(res.body, MAX_AVATAR_BYTES);
    const key = `avatars/${event.contactId}/${createHash('sha256').update(bytes).digest('hex')}.${ext}`;
    await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes, ContentType: type }),
    );
    return key;
  }
}

async function readLimited(stream: ReadableStream<Uint8Array>, max: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > max) {
      await reader.cancel();
      throw new Error(`avatar exceeds ${max} bytes`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

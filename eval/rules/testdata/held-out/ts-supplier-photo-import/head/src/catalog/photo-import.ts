import { createHash } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { assertPublicHttpsUrl } from '../net/public-url';
import { logger } from '../logger';

const TYPES = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
]);

export interface ImportedPhoto {
  key: string;
  bytes: number;
}

export class PhotoImporter {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  async import(supplierId: string, sourceUrl: string): Promise<ImportedPhoto> {
    const url = await assertPublicHttpsUrl(sourceUrl);
    const response = await fetch(url, { redirect: 'error' });
    if (!response.ok) {
      throw new Error(`photo of supplier ${supplierId}: ${response.status}`);
    }

    const contentType = response.headers.get('content-type')?.split(';')[0] ?? '';
    const extension = TYPES.get(contentType);
    if (!extension) {
      throw new Error(`photo of supplier ${supplierId}: type ${contentType} is not accepted`);
    }

    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = createHash('sha256').update(bytes).digest('hex');
    const key = `photos/${supplierId}/${digest}.${extension}`;
    await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes, ContentType: contentType }),
      { abortSignal: AbortSignal.timeout(30_000) },
    );
    logger.info({ supplierId, key, bytes: bytes.length }, 'photo imported');
    return { key, bytes: bytes.length };
  }
}

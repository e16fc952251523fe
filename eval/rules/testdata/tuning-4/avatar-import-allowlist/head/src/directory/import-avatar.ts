import { createHash } from 'node:crypto';
import { z } from 'zod';
import { storage } from '../lib/storage';
import { logger } from '../lib/logger';

export const directoryUser = z.object({
  externalId: z.string().min(1),
  displayName: z.string(),
  photoUrl: z.string().url().nullable(),
});

const MAX_BYTES = 2 * 1024 * 1024;
const PHOTO_HOST = 'photos.directory-cdn.example';

async function readLimited(res: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of res.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error('avatar too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function importAvatar(user: z.infer<typeof directoryUser>): Promise<string | null> {
  if (!user.photoUrl) return null;
  const url = new URL(user.photoUrl);
  if (url.protocol !== 'https:' || url.host !== PHOTO_HOST) {
    logger.warn({ host: url.host, user: user.externalId }, 'avatar host not allowed');
    return null;
  }

  const res = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(7_000),
    headers: { accept: 'image/png, image/jpeg' },
  });
  if (!res.ok) {
    await res.body?.cancel();
    logger.warn({ status: res.status, user: user.externalId }, 'avatar not available');
    return null;
  }
  const type = res.headers.get('content-type') ?? '';
  if (!/^image\/(png|jpeg)$/.test(type)) {
    await res.body?.cancel();
    return null;
  }

  const bytes = await readLimited(res);
  const key = `avatars/${createHash('sha256').update(bytes).digest('hex')}`;
  await storage.put(key, bytes, { contentType: type });
  return key;
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { download, upload } from './storage.js';

const run = promisify(execFile);

const SIZES = { small: '160x160', medium: '480x480', large: '1200x1200' };
const OBJECT_KEY = /^uploads\/[0-9a-f-]{36}\/[\w-]{1,80}\.(png|jpe?g|webp)$/;
const MAX_SOURCE_BYTES = 25 * 1024 * 1024;

export async function createThumbnails(job, logger) {
  const { objectKey, sizes } = job.data;
  if (typeof objectKey !== 'string' || !OBJECT_KEY.test(objectKey)) {
    throw new Error('object key not accepted');
  }
  const wanted = Object.keys(SIZES).filter((name) => sizes?.includes(name));

  const dir = await mkdtemp(join(tmpdir(), 'thumb-'));
  try {
    const source = join(dir, 'source');
    await download(objectKey, source, { maxBytes: MAX_SOURCE_BYTES });
    const created = [];
    for (const name of wanted) {
      const target = join(dir, `${name}.webp`);
      await run(
        'convert',
        [source, '-auto-orient', '-thumbnail', `${SIZES[name]}>`, '-strip', target],
        { timeout: 30_000, maxBuffer: 1024 * 1024 },
      );
      const { size } = await stat(target);
      await upload(target, objectKey.replace(/\.\w+$/, `.${name}.webp`));
      created.push({ name, size });
    }
    logger.info({ objectKey, created }, 'thumbnails created');
    return created;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

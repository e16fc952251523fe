import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { uploadDirectory } from './storage.js';

const run = promisify(execFile);
const LIMITS = { timeout: 180_000, maxBuffer: 4 * 1024 * 1024 };

/**
 * Job payload, written by the (verified) push webhook:
 * { deliveryId, cloneUrl, ref }
 */
export async function buildPreview(job) {
  const { cloneUrl, ref, deliveryId } = job.data;
  if (!/^https:\/\/github\.com\/acme\/[\w.-]+\.git$/.test(cloneUrl)) {
    throw new Error(`unexpected repository ${cloneUrl}`);
  }
  const branch = ref.replace(/^refs\/heads\//, '');
  const dir = await mkdtemp(path.join(tmpdir(), 'preview-'));

  try {
    await run('git', ['clone', '--depth', '1', `--branch=${branch}`, '--', cloneUrl, dir], LIMITS);
    await run('npm', ['ci', '--ignore-scripts'], { ...LIMITS, cwd: dir });
    await run('npm', ['run', 'docs:build'], { ...LIMITS, cwd: dir });
    return await uploadDirectory(path.join(dir, 'docs/dist'), `previews/${deliveryId}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

import { exec } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { log } from './log.js';
import { uploadDirectory } from './storage.js';

const run = promisify(exec);
const LIMITS = { timeout: 120_000, maxBuffer: 4 * 1024 * 1024 };

/**
 * Called by the queue consumer with an event that the webhook endpoint has verified.
 */
export async function buildPreview({ repository, ref, after }) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'preview-'));
  const branch = ref.replace('refs/heads/', '');

  try {
    await run(`git clone --depth 1 --branch ${branch} ${repository.clone_url} ${dir}/src`, LIMITS);
    await run(`npm ci --ignore-scripts && npx vite build --base /preview/${branch}/`, { ...LIMITS, cwd: `${dir}/src` });
    const url = await uploadDirectory(path.join(dir, 'src', 'dist'), after);
    log.info({ repo: repository.full_name, sha: after, url }, 'preview ready');
    return url;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

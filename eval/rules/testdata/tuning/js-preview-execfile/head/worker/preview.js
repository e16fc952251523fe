import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { log } from './log.js';
import { archive } from './storage.js';

const run = promisify(execFile);
const LIMITS = { timeout: 120_000, maxBuffer: 4 * 1024 * 1024 };
const FULL_NAME = /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/;
const SHA = /^[0-9a-f]{40}$/;

export async function snapshot({ repository, after }) {
  if (!FULL_NAME.test(repository.full_name) || !SHA.test(after)) {
    throw new TypeError('repository or commit is malformed');
  }
  const dir = await mkdtemp(path.join(os.tmpdir(), 'preview-'));
  const src = path.join(dir, 'src');

  try {
    const remote = `https://github.com/${repository.full_name}.git`;
    await run('git', ['clone', '--no-checkout', '--filter=blob:none', '--', remote, src], LIMITS);
    await run('git', ['-C', src, 'checkout', '--detach', after], LIMITS);
    const url = await archive(src, `${after}.tar.gz`);
    log.info({ repo: repository.full_name, sha: after }, 'snapshot stored');
    return url;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

import { exec } from 'node:child_process';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Worker } from 'bullmq';
import express from 'express';
import { previewQueue } from './queue.js';
import { config } from '../config.js';
import { logger } from '../logger.js';

const run = promisify(exec);

function verified(raw, header) {
  const expected = Buffer.from(`sha256=${createHmac('sha256', config.bitbucket.hookSecret).update(raw).digest('hex')}`);
  const given = Buffer.from(header ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const shortHash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

export const bitbucketHook = express.Router();

bitbucketHook.post('/bitbucket', express.raw({ type: 'application/json', limit: '2mb' }), async (req, res, next) => {
  try {
    if (!verified(req.body, req.get('x-hub-signature'))) {
      return res.sendStatus(401);
    }
    const payload = JSON.parse(req.body.toString('utf8'));
    for (const change of payload.push?.changes ?? []) {
      if (change.new?.type !== 'branch') continue;
      await previewQueue.add(
        'build',
        { branch: change.new.name, commit: change.new.target.hash },
        { jobId: `preview-${shortHash(change.new.name)}-${change.new.target.hash}` },
      );
    }
    return res.sendStatus(202);
  } catch (err) {
    return next(err);
  }
});

export const previewWorker = new Worker(
  'preview',
  async ({ data }) => {
    const { stdout } = await run(`git fetch origin ${data.branch} && ./bin/build-preview ${data.branch}`, {
      cwd: config.preview.checkout,
      timeout: 10 * 60_000,
      maxBuffer: 8 * 1024 * 1024,
    });
    logger.info({ branch: data.branch, commit: data.commit, lines: stdout.split('\n').length }, 'preview built');
  },
  { connection: config.redis, concurrency: 1 },
);

previewWorker.on('failed', (job, err) => logger.error({ err, jobId: job?.id }, 'preview build failed'));

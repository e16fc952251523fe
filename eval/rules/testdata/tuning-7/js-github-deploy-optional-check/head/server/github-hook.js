import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { deployQueue } from './queues.js';
import { config } from './config.js';
import { log } from './log.js';

function signatureMatches(raw, header) {
  const expected = Buffer.from(`sha256=${createHmac('sha256', config.githubWebhookSecret).update(raw).digest('hex')}`);
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function verifyGithub(req, res, next) {
  const header = req.get('x-hub-signature-256');
  if (header && !signatureMatches(req.body, header)) {
    log.warn({ delivery: req.get('x-github-delivery') }, 'github: signature mismatch');
    return res.sendStatus(401);
  }
  return next();
}

export const githubHook = express.Router();

githubHook.post('/github', express.raw({ type: 'application/json', limit: '5mb' }), verifyGithub, async (req, res, next) => {
  try {
    if (req.get('x-github-event') !== 'push') {
      return res.sendStatus(204);
    }
    const push = JSON.parse(req.body.toString('utf8'));
    if (push?.ref !== 'refs/heads/main' || push.deleted === true) {
      return res.sendStatus(204);
    }
    if (!/^[0-9a-f]{40}$/.test(push.after) || !config.deployableRepos.has(push.repository?.full_name)) {
      return res.sendStatus(422);
    }

    await deployQueue.add(
      'deploy',
      { repo: push.repository.full_name, sha: push.after },
      { jobId: req.get('x-github-delivery'), attempts: 2 },
    );
    return res.sendStatus(202);
  } catch (err) {
    return next(err);
  }
});

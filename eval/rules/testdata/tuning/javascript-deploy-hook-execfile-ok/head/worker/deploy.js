'use strict';

const { promisify } = require('node:util');
const execFile = promisify(require('node:child_process').execFile);
const { Worker } = require('bullmq');
const { connection, logger, checkoutRoot } = require('./runtime');
const sites = require('./sites');

async function deploy(job) {
  const { repository, branch, commit } = job.data;
  if (!/^[0-9a-f]{40}$/.test(commit) || !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/.test(branch)) {
    throw new Error(`push for ${repository} carries an unusable ref`);
  }
  const site = sites.byRepository(repository);
  if (!site) {
    logger.warn({ repository }, 'no site for repository');
    return;
  }

  const opts = { cwd: `${checkoutRoot}/${site.slug}`, timeout: 10 * 60 * 1000, maxBuffer: 4 * 1024 * 1024 };
  await execFile('git', ['fetch', '--depth', '50', 'origin', `refs/heads/${branch}`], opts);
  await execFile('git', ['checkout', '--force', commit], opts);
  await execFile('npm', ['ci', '--ignore-scripts'], opts);
  await execFile('npm', ['run', 'build'], opts);
  await sites.markDeployed(site.slug, commit);
  logger.info({ site: site.slug, commit }, 'deployed');
}

// jobs are written by routes/bitbucket.js from the verified push payload
module.exports = new Worker('deploys', deploy, { connection, concurrency: 1, lockDuration: 120000 });

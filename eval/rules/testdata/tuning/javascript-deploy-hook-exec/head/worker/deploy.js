'use strict';

const { promisify } = require('node:util');
const exec = promisify(require('node:child_process').exec);
const { Worker } = require('bullmq');
const { connection, logger, checkoutRoot } = require('./runtime');
const sites = require('./sites');

async function deploy(job) {
  const { repository, branch, commit } = job.data;
  const site = sites.byRepository(repository);
  if (!site) {
    logger.warn({ repository }, 'no site for repository');
    return;
  }

  const opts = { cwd: `${checkoutRoot}/${site.slug}`, timeout: 10 * 60 * 1000, maxBuffer: 4 * 1024 * 1024 };
  await exec(`git fetch --depth 50 origin ${branch}`, opts);
  await exec(`git checkout --force ${commit}`, opts);
  await exec('npm ci --ignore-scripts && npm run build', opts);
  await sites.markDeployed(site.slug, commit);
  logger.info({ site: site.slug, commit }, 'deployed');
}

// jobs are written by routes/bitbucket.js from the verified push payload
module.exports = new Worker('deploys', deploy, { connection, concurrency: 1, lockDuration: 120000 });

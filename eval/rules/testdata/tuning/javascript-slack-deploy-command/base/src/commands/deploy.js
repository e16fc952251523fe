const { deployQueue } = require('../queues');
const { canDeploy } = require('../permissions');
const { postToSlack } = require('../slack/respond');

const TARGETS = new Set(['staging', 'production']);

// The Bolt app that is passed in has a signingSecret, see src/slack/app.js
function register(app) {
  app.command('/deploy', async ({ command, ack, logger }) => {
    const [service, target = 'staging'] = command.text.trim().split(/\s+/);
    if (!/^[a-z][a-z0-9-]{1,40}$/.test(service) || !TARGETS.has(target)) {
      await ack('Usage: /deploy <service> [staging|production]');
      return;
    }
    if (!canDeploy(command.user_id, target)) {
      await ack(`You cannot deploy to ${target}.`);
      return;
    }

    await deployQueue.add(
      'deploy',
      { service, target, requestedBy: command.user_id },
      { jobId: command.trigger_id, attempts: 1 },
    );
    await ack();
    await postToSlack(command.channel_id, `Deployment of *${service}* to *${target}* is queued.`);
    logger.info(`deploy ${service} ${target} queued for ${command.user_id}`);
  });
}

module.exports = { register };

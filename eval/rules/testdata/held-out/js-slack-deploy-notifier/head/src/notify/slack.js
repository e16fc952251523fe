import { config } from '../config.js';
import { deliveries } from '../repositories/deliveries.js';
import { logger } from '../logger.js';

const COLOURS = { success: '#2eb67d', failure: '#e01e5a', cancelled: '#8d8d8d' };

function blocks(deploy) {
  return [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: `*${deploy.service}* ${deploy.version} on ${deploy.environment}: ${deploy.outcome}` },
    },
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: `by ${deploy.author}, ${deploy.durationSeconds}s` }],
    },
  ];
}

export async function announceDeploy(deploy, channel) {
  const response = await fetch('https://slack.com/api/chat.postMessage', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${config.slack.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({
      channel,
      text: `${deploy.service} ${deploy.version}: ${deploy.outcome}`,
      attachments: [{ color: COLOURS[deploy.outcome], blocks: blocks(deploy) }],
    }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    throw new Error(`slack answered ${response.status}`);
  }

  await deliveries.markSent(deploy.id, channel);
  logger.info({ deployId: deploy.id, channel }, 'deploy announced');
}

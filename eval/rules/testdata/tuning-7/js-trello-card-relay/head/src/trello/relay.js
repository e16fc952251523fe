const { createHmac, timingSafeEqual } = require('node:crypto');
const express = require('express');
const { jira } = require('../jira/client');
const { links } = require('../repositories/links');
const config = require('../config');
const logger = require('../logger');

const router = express.Router();

function fromTrello(raw, header) {
  const expected = createHmac('sha1', config.trello.apiSecret)
    .update(Buffer.concat([raw, Buffer.from(config.trello.callbackUrl)]))
    .digest();
  const given = Buffer.from(header || '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function relay(action) {
  if (action?.type !== 'createCard') return;
  await links.once(action.id, async () => {
    const issue = await jira.createIssue({
      project: config.jira.project,
      summary: action.data.card.name.slice(0, 250),
      labels: ['from-trello'],
    });
    return { cardId: action.data.card.id, issueKey: issue.key };
  });
}

router.head('/trello', (_req, res) => res.sendStatus(200));

router.post('/trello', express.raw({ type: 'application/json', limit: '1mb' }), (req, res) => {
  if (!fromTrello(req.body, req.get('x-trello-webhook'))) {
    return res.sendStatus(401);
  }

  let action;
  try {
    action = JSON.parse(req.body.toString('utf8')).action;
  } catch {
    return res.sendStatus(400);
  }

  res.sendStatus(200);
  setImmediate(() => {
    relay(action).catch((err) => logger.error({ err, actionId: action?.id }, 'trello action not relayed'));
  });
});

module.exports = router;

'use strict';

const crypto = require('node:crypto');
const express = require('express');
const { pool } = require('../db');
const logger = require('../logger');

const TOPICS = new Set(['conversation.user.created', 'conversation.user.replied', 'contact.deleted']);

const router = express.Router();
router.use(express.json({ limit: '256kb' }));

function signatureMatches(payload, header) {
  const expected = Buffer.from(
    'sha1=' + crypto.createHmac('sha1', process.env.INTERCOM_CLIENT_SECRET).update(payload).digest('hex'),
  );
  const given = Buffer.from(header || '');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}

router.post('/webhooks/intercom', async (req, res, next) => {
  if (!signatureMatches(JSON.stringify(req.body), req.get('x-hub-signature'))) {
    return res.status(401).end();
  }

  const { id, topic, data } = req.body;
  if (typeof id !== 'string' || !TOPICS.has(topic) || !data?.item?.id) {
    return res.status(202).end();
  }

  try {
    const inserted = await pool.query(
      `INSERT INTO intercom_notifications (notification_id, topic, item_id, body)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT (notification_id) DO NOTHING`,
      [id, topic, data.item.id, req.body],
    );
    logger.info({ topic, fresh: inserted.rowCount === 1 }, 'intercom notification stored');
    return res.status(200).end();
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

const { Router } = require('express');
const { conversationQueue } = require('../queues');

const WANTED = new Set(['conversation.admin.closed', 'conversation.user.replied', 'conversation.rating.added']);

const router = Router();

router.post('/', async (req, res, next) => {
  const { id, topic, data } = req.body;
  if (typeof id !== 'string' || !WANTED.has(topic) || !data || !data.item) {
    return res.sendStatus(200);
  }
  try {
    await conversationQueue.add(topic, { conversationId: String(data.item.id) }, { jobId: id, attempts: 5, backoff: { type: 'exponential', delay: 2000 } });
    return res.sendStatus(200);
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

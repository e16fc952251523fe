import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { buildQueue } from '../builds/queue.js';
import { sites } from '../repositories/sites.js';
import { config } from '../config.js';
import { logger } from '../logger.js';

function verifyWebflow(req, res, next) {
  const timestamp = req.get('x-webflow-timestamp') ?? '';
  const expected = createHmac('sha256', config.webflow.clientSecret)
    .update(`${timestamp}:${req.body.toString('utf8')}`)
    .digest();
  const given = Buffer.from(req.get('x-webflow-signature') ?? '', 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return res.sendStatus(401);
  }
  return next();
}

export const webflowHook = express.Router();

webflowHook.post('/webflow', express.raw({ type: 'application/json', limit: '256kb' }), verifyWebflow, async (req, res, next) => {
  try {
    const event = JSON.parse(req.body.toString('utf8'));
    if (event?.triggerType !== 'site_publish') {
      return res.sendStatus(204);
    }
    const siteId = event.payload?.siteId;
    if (typeof siteId !== 'string' || !/^[0-9a-f]{24}$/.test(siteId)) {
      return res.sendStatus(422);
    }

    const site = await sites.findByWebflowId(siteId);
    if (!site) {
      logger.info({ siteId }, 'webflow: publish of a site we do not mirror');
      return res.sendStatus(204);
    }
    await buildQueue.add(
      'rebuild',
      { siteId: site.id },
      { deduplication: { id: `rebuild-${site.id}`, ttl: 30_000 }, attempts: 3, backoff: { type: 'exponential', delay: 10_000 } },
    );
    return res.sendStatus(202);
  } catch (err) {
    return next(err);
  }
});

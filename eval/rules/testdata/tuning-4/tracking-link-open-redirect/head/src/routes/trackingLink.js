const { Router } = require('express');
const { z } = require('zod');
const got = require('got');
const clicks = require('../repositories/clicks');
const logger = require('../lib/logger');

const router = Router();
const geoResponse = z.object({ country_code: z.string().length(2) });

const http = got.extend({
  timeout: { request: 1500 },
  retry: { limit: 1 },
});

async function countryOf(ip) {
  try {
    const body = await http
      .get(`https://api.ipgeo.example/v1/lookup?key=${process.env.IPGEO_KEY}&ip=${encodeURIComponent(ip)}`)
      .json();
    return geoResponse.parse(body).country_code;
  } catch (err) {
    logger.warn({ code: err.code }, 'geo lookup failed');
    return null;
  }
}

router.get('/t/:campaign', async (req, res, next) => {
  const target = req.query.to;
  if (typeof target !== 'string' || target.length > 2000) {
    return res.status(400).send('missing target');
  }

  try {
    await clicks.insert({
      campaign: req.params.campaign,
      target,
      country: await countryOf(req.ip),
      userAgent: (req.get('user-agent') ?? '').slice(0, 255),
    });
  } catch (err) {
    logger.error({ err, campaign: req.params.campaign }, 'click not recorded');
  }
  res.set('Cache-Control', 'no-store');
  return res.redirect(302, target);
});

module.exports = router;

const express = require('express');
const axios = require('axios');
const { accessToken } = require('../paypal/token');
const { inbox } = require('../store/inbox');
const config = require('../config');
const log = require('../log').child({ route: 'paypal' });

const router = express.Router();
const api = axios.create({ baseURL: config.paypal.apiBase, timeout: 8000 });

async function verify(req) {
  const token = await accessToken();
  await api.post(
    '/v1/notifications/verify-webhook-signature',
    {
      auth_algo: req.get('paypal-auth-algo'),
      cert_url: req.get('paypal-cert-url'),
      transmission_id: req.get('paypal-transmission-id'),
      transmission_sig: req.get('paypal-transmission-sig'),
      transmission_time: req.get('paypal-transmission-time'),
      webhook_id: config.paypal.webhookId,
      webhook_event: req.body,
    },
    { headers: { Authorization: `Bearer ${token}` } },
  );
}

router.post('/', express.json({ limit: '300kb' }), async (req, res, next) => {
  try {
    await verify(req);
    // unique on event id, the dispatcher picks rows up from here
    await inbox.insertIgnore('paypal', req.body.id, req.body.event_type, req.body);
    res.sendStatus(200);
  } catch (err) {
    log.warn({ transmission: req.get('paypal-transmission-id'), msg: err.message }, 'paypal event refused');
    next(err);
  }
});

module.exports = router;

const express = require('express')
const axios = require('axios')
const config = require('../config')
const logger = require('../logger')
const wallets = require('../services/wallets')

const router = express.Router()

async function confirmed(rawBody) {
  const { data } = await axios.post(config.paypal.ipnUrl, `cmd=_notify-validate&${rawBody}`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'wallet-ipn/2' },
    timeout: 10_000,
    responseType: 'text',
    maxContentLength: 1_000,
  })
  return data === 'VERIFIED'
}

router.post('/', express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' }), async (req, res, next) => {
  try {
    if (!(await confirmed(req.body))) {
      logger.warn('paypal ipn not confirmed')
      return res.sendStatus(400)
    }
    const ipn = new URLSearchParams(req.body)
    const amount = ipn.get('mc_gross')
    if (
      ipn.get('payment_status') === 'Completed' &&
      ipn.get('receiver_id') === config.paypal.merchantId &&
      ipn.get('mc_currency') === 'EUR' &&
      /^\d{1,6}\.\d{2}$/.test(amount ?? '')
    ) {
      await wallets.credit(ipn.get('custom'), amount, { source: 'paypal' })
      logger.info({ txn: ipn.get('txn_id') }, 'wallet credited')
    }
    res.sendStatus(200)
  } catch (err) {
    next(err)
  }
})

module.exports = router

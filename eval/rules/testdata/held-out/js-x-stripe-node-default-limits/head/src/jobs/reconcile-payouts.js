const Stripe = require('stripe')
const config = require('../config')
const db = require('../db')
const logger = require('../logger')

const stripe = new Stripe(config.stripe.secretKey, { apiVersion: '2025-03-31.basil' })

/** Every morning; the bank statement of the day before is in `statement_lines`. */
async function reconcilePayouts(day) {
  const from = Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000)
  let matched = 0
  let open = 0

  for await (const payout of stripe.payouts.list({ arrival_date: { gte: from, lt: from + 86_400 }, limit: 100 })) {
    const line = await db('statement_lines')
      .where({ booked_on: day, amount_cents: payout.amount, currency: payout.currency.toUpperCase() })
      .whereNull('payout_id')
      .orderBy('id')
      .first('id')
    if (line) {
      await db('statement_lines').where({ id: line.id }).update({ payout_id: payout.id })
      matched += 1
    } else {
      open += 1
      logger.warn({ payout: payout.id, amount: payout.amount }, 'payout without statement line')
    }
  }
  logger.info({ day, matched, open }, 'payouts reconciled')
  return { matched, open }
}

module.exports = { reconcilePayouts }

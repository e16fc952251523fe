import axios from 'axios';
import { vendorPayouts } from '../repositories/vendor-payouts.js';
import { config } from '../config.js';
import { logger } from '../logger.js';

const paystack = axios.create({
  baseURL: 'https://api.paystack.co',
  timeout: 20_000,
  headers: { Authorization: `Bearer ${config.paystack.secretKey}` },
});

async function transfer(payout) {
  const { data } = await paystack.post('/transfer', {
    source: 'balance',
    amount: payout.amountKobo,
    recipient: payout.recipientCode,
    reference: `payout-${payout.id}-${Date.now()}`,
    reason: `Sales ${payout.period}`,
  });
  if (data.status !== true) {
    throw new Error(`paystack refused payout ${payout.id}: ${data.message}`);
  }
  return data.data.transfer_code;
}

/** Scheduled every hour; payouts stay `due` until Paystack has accepted them. */
export async function payVendors() {
  const due = await vendorPayouts.findDue({ limit: 100 });
  let failed = 0;

  for (const payout of due) {
    try {
      const transferCode = await transfer(payout);
      await vendorPayouts.markSubmitted(payout.id, transferCode);
    } catch (err) {
      failed += 1;
      logger.error({ payoutId: payout.id, status: err.response?.status, reason: err.message }, 'payout not submitted');
    }
  }

  logger.info({ due: due.length, failed }, 'vendor payouts done');
}

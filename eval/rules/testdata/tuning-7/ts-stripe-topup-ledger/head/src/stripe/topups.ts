import express, { Router } from 'express';
import Stripe from 'stripe';
import { db } from '../db';
import { config } from '../config';

const stripe = new Stripe(config.stripe.secretKey, { apiVersion: '2024-06-20', maxNetworkRetries: 2 });

async function bookTopUp(eventId: string, session: Stripe.Checkout.Session): Promise<void> {
  const walletId = session.client_reference_id;
  if (!walletId || session.amount_total === null || session.payment_status !== 'paid') return;

  await db.transaction(async (trx) => {
    const claimed = await trx('stripe_events').insert({ id: eventId }).onConflict('id').ignore().returning('id');
    if (claimed.length === 0) return;

    await trx('ledger_entries').insert({
      wallet_id: walletId,
      amount_minor: session.amount_total,
      currency: session.currency,
      reference: session.id,
    });
    await trx('wallets').where({ id: walletId }).increment('balance_minor', session.amount_total!);
  });
}

export const topUps = Router();

topUps.post('/stripe/topups', express.raw({ type: 'application/json' }), async (req, res, next) => {
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(req.body, req.get('stripe-signature') ?? '', config.stripe.endpointSecret);
  } catch {
    res.status(400).send('signature verification failed');
    return;
  }

  try {
    if (
      event.type === 'checkout.session.completed' ||
      event.type === 'checkout.session.async_payment_succeeded'
    ) {
      await bookTopUp(event.id, event.data.object);
    }
    res.json({ received: true });
  } catch (err) {
    next(err);
  }
});

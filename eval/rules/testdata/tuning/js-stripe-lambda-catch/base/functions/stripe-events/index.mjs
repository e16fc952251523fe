import Stripe from 'stripe';
import { getSecrets } from './secrets.mjs';
import { orders } from './orders.mjs';
import { log } from './log.mjs';

const { apiKey, webhookSecret } = await getSecrets();
const stripe = new Stripe(apiKey, { apiVersion: '2024-06-20', timeout: 10_000 });

const reply = (statusCode, body = {}) => ({ statusCode, body: JSON.stringify(body) });

export const handler = async (event) => {
  const raw = event.isBase64Encoded ? Buffer.from(event.body, 'base64') : event.body;

  let evt;
  try {
    evt = stripe.webhooks.constructEvent(raw, event.headers['stripe-signature'], webhookSecret);
  } catch {
    return reply(400, { error: 'signature' });
  }

  if (evt.type !== 'checkout.session.completed') {
    return reply(200, { ignored: evt.type });
  }

  try {
    // one DynamoDB transaction: event id with attribute_not_exists + order status
    const outcome = await orders.markPaid(evt.id, evt.data.object.client_reference_id, evt.data.object.amount_total);
    log.info('order paid', { eventId: evt.id, outcome });
  } catch (err) {
    log.error('order update failed', { eventId: evt.id, message: err.message });
    return reply(500, { error: 'retry' });
  }
  return reply(200, { received: true });
};

const { signBody } = require('./sign');
const { callbackQueue } = require('./queue');
const { subscriptions } = require('../repositories/subscriptions');

const EVENT = 'order.shipped';
const VERSION = 1;

function payloadFor(order, shipment) {
  return {
    event: EVENT,
    version: VERSION,
    occurred_at: shipment.shippedAt.toISOString(),
    data: {
      orderId: order.id,
      total: { amount: order.totalCents, currency: order.currency },
      carrier: shipment.carrier,
      trackingCode: shipment.trackingNumber,
    },
  };
}

async function publishOrderShipped(order, shipment) {
  const active = await subscriptions.activeFor(order.merchantId, EVENT);
  const body = JSON.stringify(payloadFor(order, shipment));

  await Promise.all(
    active.map((subscription) =>
      callbackQueue.add(
        EVENT,
        { subscriptionId: subscription.id, url: subscription.url, body, signature: signBody(subscription.secret, body) },
        { jobId: `${EVENT}-${shipment.id}-${subscription.id}`, attempts: 12, backoff: { type: 'exponential', delay: 10_000 } },
      ),
    ),
  );
}

module.exports = { publishOrderShipped };

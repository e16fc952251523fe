import { orders } from '../orders/orders.repo.js';
import { config } from '../config.js';

const base = `https://api.bigcommerce.com/stores/${config.bigcommerce.storeHash}/v2`;

export async function refreshOrder({ orderId }) {
  const response = await fetch(`${base}/orders/${orderId}`, {
    headers: { 'x-auth-token': config.bigcommerce.accessToken, accept: 'application/json' },
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status === 404) {
    await orders.markDeleted(orderId);
    return;
  }
  if (!response.ok) {
    throw new Error(`bigcommerce order ${orderId}: ${response.status}`);
  }

  const order = await response.json();
  if (order.id !== orderId || typeof order.status_id !== 'number') {
    throw new Error(`bigcommerce order ${orderId}: unexpected answer`);
  }
  await orders.upsertIfNewer(orderId, order.status_id, order.date_modified);
}

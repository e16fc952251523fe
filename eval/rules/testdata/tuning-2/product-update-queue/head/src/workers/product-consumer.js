import { pool } from '../db.js';
import { applyProduct } from '../catalog/apply.js';

/** Throws on failure: the poller leaves the message in the queue, the redrive policy moves it to the DLQ after five receives. */
export async function consumeProduct(message) {
  const { shop, webhookId } = message.MessageAttributes;
  const product = JSON.parse(message.Body);

  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const claim = await client.query(
      'INSERT INTO shopify_webhooks (webhook_id, shop) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [webhookId.StringValue, shop.StringValue],
    );
    if (claim.rowCount === 1) {
      // compares product.updated_at with the stored row and keeps the newer one
      await applyProduct(client, shop.StringValue, product);
    }
    await client.query('COMMIT');
  } catch (err) {
    await client.query('ROLLBACK');
    throw err;
  } finally {
    client.release();
  }
}

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { hmacValid } from './hmac.js';

const sqs = new SQSClient({
  maxAttempts: 2,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout: 2_000 }),
});

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const SQS_LIMIT = 200 * 1024;

/** express.raw({ type: 'application/json', limit: '200kb' }) is mounted in app.js */
export async function productsUpdate(req, res, next) {
  if (!hmacValid(req.body, req.get('x-shopify-hmac-sha256'), process.env.SHOPIFY_API_SECRET)) {
    return res.sendStatus(401);
  }
  const shop = req.get('x-shopify-shop-domain') ?? '';
  const webhookId = req.get('x-shopify-webhook-id') ?? '';
  if (!SHOP.test(shop) || webhookId === '' || req.body.length > SQS_LIMIT) {
    return res.sendStatus(422);
  }

  try {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: process.env.PRODUCT_QUEUE_URL,
        MessageBody: req.body.toString('utf8'),
        MessageGroupId: shop,
        MessageDeduplicationId: webhookId,
        MessageAttributes: {
          shop: { DataType: 'String', StringValue: shop },
          webhookId: { DataType: 'String', StringValue: webhookId },
        },
      }),
    );
  } catch (err) {
    return next(err);
  }
  return res.sendStatus(200);
}

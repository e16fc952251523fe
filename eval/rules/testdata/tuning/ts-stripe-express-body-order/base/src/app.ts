import express from 'express';
import helmet from 'helmet';
import { stripeWebhook } from './routes/stripe-webhook';
import { ordersRouter } from './routes/orders';
import { requestId } from './middleware/request-id';

export function createApp() {
  const app = express();
  app.use(helmet());
  app.use(requestId());
  app.post('/webhooks/stripe', express.raw({ type: 'application/json', limit: '512kb' }), stripeWebhook);
  app.use(express.json({ limit: '512kb' }));
  app.use('/orders', ordersRouter);
  return app;
}

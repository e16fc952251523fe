import express from 'express';
import helmet from 'helmet';
import { ordersHook } from './hooks/orders';
import { adminRouter } from './admin/router';

export function createApp() {
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet());
  app.use(express.json({ limit: '1mb' }));
  app.use('/hooks/shopify', ordersHook);
  app.use('/admin', adminRouter);
  return app;
}

import express from 'express';
import { shopifyHmac } from './middleware/shopifyHmac';
import { shopifyOrders } from './routes/shopifyOrders';

export const app = express();

app.use('/webhooks/shopify', shopifyHmac(process.env.SHOPIFY_API_SECRET!));
app.use(shopifyOrders);

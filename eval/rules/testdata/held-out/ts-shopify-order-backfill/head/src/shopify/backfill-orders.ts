import { z } from 'zod';
import { orders } from '../orders/orders.repo';
import { config } from '../config';
import { logger } from '../logger';

const OrderPage = z.object({
  orders: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      total_price: z.string(),
      currency: z.string().length(3),
      updated_at: z.string(),
    }),
  ),
});

const API_VERSION = '2024-10';

export async function backfillOrders(shop: string, accessToken: string, day: Date): Promise<number> {
  const from = new Date(day);
  from.setUTCHours(0, 0, 0, 0);
  const to = new Date(from.getTime() + 86_400_000);

  const url = new URL(`https://${shop}/admin/api/${API_VERSION}/orders.json`);
  url.search = new URLSearchParams({
    status: 'any',
    limit: '250',
    created_at_min: from.toISOString(),
    created_at_max: to.toISOString(),
    fields: 'id,name,total_price,currency,updated_at',
  }).toString();

  const response = await fetch(url, {
    headers: { 'x-shopify-access-token': accessToken },
    signal: AbortSignal.timeout(config.shopify.timeoutMs),
  });
  if (!response.ok) {
    throw new Error(`shopify orders of ${shop}: ${response.status}`);
  }

  const page = OrderPage.parse(await response.json());
  await orders.upsertMany(shop, page.orders);
  logger.info({ shop, day: from.toISOString(), count: page.orders.length }, 'orders imported');
  return page.orders.length;
}

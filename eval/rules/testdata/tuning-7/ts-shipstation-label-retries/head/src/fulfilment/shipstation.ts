import axios from 'axios';
import { z } from 'zod';
import { config } from '../config';
import { logger } from '../logger';

const Shipment = z.object({
  shipmentId: z.number().int(),
  trackingNumber: z.string(),
  carrierCode: z.string(),
  shipDate: z.string(),
});
const ShipmentList = z.object({ shipments: z.array(Shipment) });

export type Shipment = z.infer<typeof Shipment>;

const http = axios.create({
  baseURL: 'https://ssapi.shipstation.com',
  timeout: 10_000,
  auth: { username: config.shipstation.key, password: config.shipstation.secret },
});

const MAX_ATTEMPTS = 10;

async function withRetries<T>(label: string, call: () => Promise<T>): Promise<T> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    try {
      return await call();
    } catch (err) {
      lastError = err;
      logger.warn({ label, attempt, reason: (err as Error).message }, 'shipstation call failed');
    }
  }
  throw lastError;
}

export async function shipmentOf(orderNumber: string): Promise<Shipment | undefined> {
  const list = await withRetries('shipments', async () => {
    const { data } = await http.get('/shipments', { params: { orderNumber, pageSize: 1, sortBy: 'ShipDate', sortDir: 'DESC' } });
    return ShipmentList.parse(data);
  });
  return list.shipments.at(0);
}

import type { AxiosInstance } from 'axios';
import { z } from 'zod';
import { createHttp } from '../http/create-http';
import type { WarehouseConfig } from '../config';

const Slot = z.object({
  id: z.string(),
  startsAt: z.string().datetime({ offset: true }),
  endsAt: z.string().datetime({ offset: true }),
  free: z.number().int().nonnegative(),
});
export type Slot = z.infer<typeof Slot>;

const SlotPage = z.object({ slots: z.array(Slot) });

export class SlotsClient {
  private readonly http: AxiosInstance;

  constructor(config: WarehouseConfig) {
    this.http = createHttp({
      baseURL: config.url,
      headers: { 'X-Warehouse-Token': config.token },
    });
  }

  async forDay(warehouse: string, day: string): Promise<Slot[]> {
    const { data } = await this.http.get(`/warehouses/${encodeURIComponent(warehouse)}/slots`, {
      params: { day },
    });
    return SlotPage.parse(data).slots;
  }

  async reserve(slotId: string, orderId: string): Promise<void> {
    await this.http.put(
      `/slots/${encodeURIComponent(slotId)}/reservations/${encodeURIComponent(orderId)}`,
      { orderId },
    );
  }
}

import ky, { type KyInstance } from 'ky';
import { z } from 'zod';

const stockSchema = z.object({
  sku: z.string(),
  available: z.number().int().nonnegative(),
});

const pageSchema = z.object({
  items: z.array(stockSchema),
  next: z.string().nullable(),
});

export type Stock = z.infer<typeof stockSchema>;

export class WarehouseClient {
  private readonly http: KyInstance;

  constructor(baseUrl: string, apiKey: string) {
    this.http = ky.create({ prefixUrl: baseUrl, headers: { 'x-api-key': apiKey } });
  }

  async stock(sku: string): Promise<Stock> {
    return stockSchema.parse(await this.http.get(`v2/stock/${encodeURIComponent(sku)}`).json());
  }

  async *all(pageSize = 200): AsyncGenerator<Stock> {
    let cursor: string | null = null;
    do {
      const searchParams: Record<string, string | number> = { limit: pageSize };
      if (cursor) searchParams.cursor = cursor;
      const page = pageSchema.parse(await this.http.get('v2/stock', { searchParams }).json());
      yield* page.items;
      if (page.next !== null && page.next === cursor) {
        throw new Error('warehouse returned the same cursor twice');
      }
      cursor = page.next;
    } while (cursor !== null);
  }
}

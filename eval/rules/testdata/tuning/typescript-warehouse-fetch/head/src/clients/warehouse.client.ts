import { z } from 'zod';
import { WarehouseError } from '../errors';

const stockSchema = z.object({
  sku: z.string(),
  available: z.number().int().nonnegative(),
  reserved: z.number().int().nonnegative(),
});

export type Stock = z.infer<typeof stockSchema>;

export class WarehouseClient {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string,
  ) {}

  async stock(sku: string): Promise<Stock> {
    return stockSchema.parse(await this.call('GET', `/v2/stock/${encodeURIComponent(sku)}`));
  }

  async stockMany(skus: string[]): Promise<Stock[]> {
    const data = await this.call('POST', '/v2/stock/query', { skus });
    return z.array(stockSchema).parse(data);
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const res = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: {
        'content-type': 'application/json',
        'x-api-key': this.apiKey,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!res.ok) {
      throw new WarehouseError(`warehouse ${method} ${path} answered ${res.status}`, res.status);
    }
    return res.json();
  }
}

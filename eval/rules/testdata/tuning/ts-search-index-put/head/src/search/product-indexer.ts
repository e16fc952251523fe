import got, { HTTPError } from 'got';
import type { Product } from '../catalogue/product';
import { settings } from '../settings';

const http = got.extend({
  prefixUrl: settings.search.url,
  headers: { authorization: `ApiKey ${settings.search.apiKey}` },
  timeout: { request: 8_000, connect: 2_000 },
  retry: {
    limit: 3,
    methods: ['GET', 'PUT', 'DELETE'],
    statusCodes: [429, 502, 503, 504],
    maxRetryAfter: 10_000,
  },
});

export class ProductIndexer {
  constructor(private readonly index = 'products') {}

  async put(product: Product): Promise<void> {
    try {
      await http.put(`${this.index}/_doc/${encodeURIComponent(product.id)}`, {
        searchParams: { version: product.revision, version_type: 'external_gte' },
        json: {
          title: product.title,
          sku: product.sku,
          price_minor: product.priceMinor,
          currency: product.currency,
        },
      });
    } catch (err) {
      // 409: the index already holds a newer revision
      if (err instanceof HTTPError && err.response.statusCode === 409) return;
      throw err;
    }
  }

  async remove(id: string): Promise<void> {
    await http.delete(`${this.index}/_doc/${encodeURIComponent(id)}`, { throwHttpErrors: true });
  }
}

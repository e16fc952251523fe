import { z } from 'zod';
import { logger } from '../logger';

const API_VERSION = '2024-07';
const TIMEOUT_MS = 10_000;

const Envelope = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

export class ShopifyGraphqlError extends Error {}

export class ShopifyGraphql {
  constructor(
    private readonly shop: string,
    private readonly accessToken: string,
  ) {}

  async query<S extends z.ZodTypeAny>(schema: S, query: string, variables: Record<string, unknown> = {}): Promise<z.infer<S>> {
    const response = await fetch(`https://${this.shop}/admin/api/${API_VERSION}/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': this.accessToken },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      throw new ShopifyGraphqlError(`${this.shop}: status ${response.status}`);
    }

    const envelope = Envelope.parse(await response.json());
    if (envelope.errors?.length) {
      logger.warn({ shop: this.shop, errors: envelope.errors }, 'shopify graphql errors');
      throw new ShopifyGraphqlError(`${this.shop}: ${envelope.errors[0].message}`);
    }
    return schema.parse(envelope.data);
  }
}

import { z } from 'zod'
import { logger } from '../logger.server'

const API_VERSION = 'unstable'

const Envelope = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
})

export class ShopifyGraphqlError extends Error {}

export async function adminGraphql<T>(
  shop: { domain: string; accessToken: string },
  query: string,
  variables: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(`https://${shop.domain}/admin/api/${API_VERSION}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-access-token': shop.accessToken,
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok) {
    logger.warn({ shop: shop.domain, status: response.status }, 'shopify admin call failed')
    throw new ShopifyGraphqlError(`status ${response.status}`)
  }

  const envelope = Envelope.parse(await response.json())
  if (envelope.errors?.length) {
    throw new ShopifyGraphqlError(envelope.errors.map((e) => e.message).join('; '))
  }
  return schema.parse(envelope.data)
}

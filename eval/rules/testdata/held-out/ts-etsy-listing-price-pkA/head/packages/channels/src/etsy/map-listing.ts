import { z } from 'zod'
import type { ChannelListing } from '../types'

const Money = z.object({
  amount: z.number().int(),
  divisor: z.number().int().positive(),
  currency_code: z.string().length(3),
})

export const EtsyListing = z.object({
  listing_id: z.number().int(),
  title: z.string(),
  state: z.enum(['active', 'inactive', 'sold_out', 'draft', 'expired']),
  quantity: z.number().int().nonnegative(),
  price: Money,
  skus: z.array(z.string()).default([]),
})
export type EtsyListing = z.infer<typeof EtsyListing>

const STATES: Record<EtsyListing['state'], ChannelListing['state']> = {
  active: 'live',
  sold_out: 'live',
  inactive: 'paused',
  draft: 'draft',
  expired: 'ended',
}

export function mapListing(raw: unknown): ChannelListing {
  const listing = EtsyListing.parse(raw)
  return {
    channel: 'etsy',
    externalId: String(listing.listing_id),
    title: listing.title,
    state: STATES[listing.state],
    stock: listing.state === 'sold_out' ? 0 : listing.quantity,
    sku: listing.skus[0] ?? null,
    price: {
      value: (listing.price.amount / 100).toFixed(2),
      currency: listing.price.currency_code,
    },
  }
}

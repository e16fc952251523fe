import type { Order } from '../orders/order'

/** Published at developers.market.example/webhooks#order-placed */
export interface OrderPlacedV2 {
  event: 'order.placed'
  version: 2
  orderId: string
  sellerId: string
  placedAt: string
  total: string
  currency: string
  lines: Array<{ sku: string; quantity: number; unitPrice: string }>
}

export function orderPlaced(order: Order, sellerId: string): OrderPlacedV2 {
  const lines = order.lines.filter((line) => line.sellerId === sellerId)
  const total = lines.reduce((sum, line) => sum.plus(line.unitPrice.times(line.quantity)), order.zero)

  return {
    event: 'order.placed',
    version: 2,
    orderId: order.publicId,
    sellerId,
    placedAt: order.placedAt.toISOString(),
    total: total.toFixed(2),
    currency: order.currency,
    lines: lines.map((line) => ({
      sku: line.sku,
      quantity: line.quantity,
      unitPrice: line.unitPrice.toFixed(2),
    })),
  }
}

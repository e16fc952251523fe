import { logger } from '../../logger'
import { orders } from '../../orders/repository'
import { netsuiteHeaders, netsuiteUrl } from './auth'
import { toSalesOrder } from './mapping'
import type { Order } from '../../orders/types'

class NetsuiteError extends Error {
  constructor(
    readonly status: number,
    readonly orderNumber: string,
  ) {
    super(`netsuite refused order ${orderNumber}: ${status}`)
  }
}

async function exportOrder(order: Order): Promise<void> {
  const url = netsuiteUrl(`/record/v1/salesOrder/eid:${encodeURIComponent(order.number)}`)
  const response = await fetch(url, {
    method: 'PUT',
    headers: { ...netsuiteHeaders('PUT', url), 'content-type': 'application/json' },
    body: JSON.stringify(toSalesOrder(order)),
    signal: AbortSignal.timeout(30_000),
  })
  if (!response.ok) throw new NetsuiteError(response.status, order.number)
  await orders.markExported(order.id, new Date())
}

/** Every night: all orders of the day, up to some thousands. */
export async function exportPendingOrders(): Promise<{ exported: number; failed: number }> {
  const pending = await orders.notExported()
  const results = await Promise.allSettled(pending.map((order) => exportOrder(order)))

  const failures = results.filter((r) => r.status === 'rejected')
  for (const failure of failures) {
    logger.error({ err: failure.reason }, 'order export failed')
  }
  return { exported: results.length - failures.length, failed: failures.length }
}

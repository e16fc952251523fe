import type { Invoice } from '../../domain/invoice'
import { signedDelivery, type Delivery } from '../signedDelivery'

/**
 * `invoice.paid`, version 1. Published in the developer docs; customers' systems parse this.
 */
export interface InvoicePaidV1 {
  type: 'invoice.paid'
  version: 1
  id: string
  occurred_at: string
  data: {
    invoice_id: string
    customer_id: string
    amount_cents: number
    currency: string
    paid_at: string
  }
}

export function invoicePaid(eventId: string, invoice: Invoice, paidAt: Date): Delivery<InvoicePaidV1> {
  return signedDelivery({
    type: 'invoice.paid',
    version: 1,
    id: eventId,
    occurred_at: new Date().toISOString(),
    data: {
      invoice_id: invoice.id,
      customer_id: invoice.customerId,
      amount_cents: invoice.totalCents,
      currency: invoice.currency,
      paid_at: paidAt.toISOString(),
    },
  })
}

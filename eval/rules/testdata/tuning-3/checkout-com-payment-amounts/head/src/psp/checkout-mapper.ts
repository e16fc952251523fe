import { Order } from '../domain/order';
import { PaymentRequest } from './checkout-types';

const SUPPORTED = ['EUR', 'USD', 'GBP', 'JPY', 'KWD'] as const;
type Currency = (typeof SUPPORTED)[number];

export class UnsupportedCurrencyError extends Error {}

function assertSupported(code: string): asserts code is Currency {
  if (!SUPPORTED.includes(code as Currency)) throw new UnsupportedCurrencyError(code);
}

function toMinor(amount: string): number {
  return Math.round(Number(amount) * 100);
}

export function toPaymentRequest(order: Order, token: string, channelId: string): PaymentRequest {
  assertSupported(order.currency);
  return {
    source: { type: 'token', token },
    amount: toMinor(order.total),
    currency: order.currency,
    reference: order.number,
    processing_channel_id: channelId,
    capture: true,
    '3ds': { enabled: order.requiresAuthentication },
    customer: { id: order.customer.checkoutId },
    items: order.lines.map((line) => ({
      name: line.title,
      quantity: line.quantity,
      unit_price: toMinor(line.unitPrice),
      reference: line.sku,
    })),
  };
}

import { Order } from '../domain/order';
import { PaymentRequest } from './checkout-types';

const EXPONENT = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3 } as const;
type Currency = keyof typeof EXPONENT;

export class UnsupportedCurrencyError extends Error {}

function assertSupported(code: string): asserts code is Currency {
  if (!(code in EXPONENT)) throw new UnsupportedCurrencyError(code);
}

function toMinor(amount: string, currency: Currency): number {
  return Math.round(Number(amount) * 10 ** EXPONENT[currency]);
}

export function toPaymentRequest(order: Order, token: string, channelId: string): PaymentRequest {
  assertSupported(order.currency);
  return {
    source: { type: 'token', token },
    amount: toMinor(order.total, order.currency),
    currency: order.currency,
    reference: order.number,
    processing_channel_id: channelId,
    capture: true,
    '3ds': { enabled: order.requiresAuthentication },
    customer: { id: order.customer.checkoutId },
    items: order.lines.map((line) => ({
      name: line.title,
      quantity: line.quantity,
      unit_price: toMinor(line.unitPrice, order.currency as Currency),
      reference: line.sku,
    })),
  };
}

import { z } from 'zod';
import { paypal } from './http';
import { orders } from '../repositories/orders';
import { MismatchError } from '../errors';

const Capture = z.object({
  id: z.string(),
  status: z.enum(['COMPLETED', 'PENDING', 'DECLINED', 'FAILED']),
  amount: z.object({ currency_code: z.string().length(3), value: z.string() }),
});

export async function captureOrder(orderId: string): Promise<string> {
  const order = await orders.get(orderId);
  const { data } = await paypal.post(
    `/v2/checkout/orders/${encodeURIComponent(order.paypalOrderId)}/capture`,
    {},
    { headers: { 'PayPal-Request-Id': `capture-${order.id}`, Prefer: 'return=representation' } },
  );
  const capture = Capture.parse(data.purchase_units?.[0]?.payments?.captures?.[0]);
  if (capture.status !== 'COMPLETED') {
    await orders.setPaymentState(order.id, capture.status.toLowerCase());
    return capture.status;
  }

  if (capture.amount.value !== order.totalDecimal || capture.amount.currency_code !== order.currency) {
    throw new MismatchError(order.id, capture.id);
  }
  await orders.markPaid(order.id, capture.id);
  return capture.status;
}

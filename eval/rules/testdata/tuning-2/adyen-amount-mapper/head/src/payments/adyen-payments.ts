import { CheckoutAPI, Client, EnvironmentEnum } from '@adyen/api-library';
import { env } from '../env';

const client = new Client({
  apiKey: env.ADYEN_API_KEY,
  environment: env.ADYEN_LIVE ? EnvironmentEnum.LIVE : EnvironmentEnum.TEST,
  liveEndpointUrlPrefix: env.ADYEN_LIVE_PREFIX,
  connectionTimeoutMillis: 10_000,
});
const checkout = new CheckoutAPI(client);

// Adyen's own table, it differs from ISO 4217 for CLP and ISK
const DECIMALS: Readonly<Record<string, number>> = { EUR: 2, USD: 2, CLP: 2, ISK: 2, JPY: 0, KRW: 0, KWD: 3 };

export function adyenAmount(total: string, currency: string): { value: number; currency: string } {
  const decimals = DECIMALS[currency];
  if (decimals === undefined) throw new RangeError(`no decimals known for ${currency}`);
  const parts = /^(\d{1,10})(?:\.(\d{1,3}))?$/.exec(total);
  if (!parts) throw new RangeError(`total ${total} is not a decimal`);
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) throw new RangeError(`total ${total} is too precise for ${currency}`);
  return { value: Number(parts[1] + fraction.padEnd(decimals, '0')), currency };
}

export interface OrderTotal {
  orderId: string;
  cartRevision: number;
  total: string;
  currency: string;
  returnUrl: string;
}

export async function openSession(order: OrderTotal) {
  return checkout.PaymentsApi.sessions(
    {
      merchantAccount: env.ADYEN_MERCHANT,
      reference: order.orderId,
      amount: adyenAmount(order.total, order.currency),
      returnUrl: order.returnUrl,
    },
    { idempotencyKey: `session-${order.orderId}-${order.cartRevision}` },
  );
}

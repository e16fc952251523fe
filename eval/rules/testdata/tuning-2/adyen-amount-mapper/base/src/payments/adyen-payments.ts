import { CheckoutAPI, Client, EnvironmentEnum } from '@adyen/api-library';
import { env } from '../env';

const client = new Client({
  apiKey: env.ADYEN_API_KEY,
  environment: env.ADYEN_LIVE ? EnvironmentEnum.LIVE : EnvironmentEnum.TEST,
  liveEndpointUrlPrefix: env.ADYEN_LIVE_PREFIX,
  connectionTimeoutMillis: 10_000,
});
const checkout = new CheckoutAPI(client);

export interface OrderTotal {
  orderId: string;
  cartRevision: number;
  /** euro cents */
  cents: number;
  returnUrl: string;
}

export async function openSession(order: OrderTotal) {
  return checkout.PaymentsApi.sessions(
    {
      merchantAccount: env.ADYEN_MERCHANT,
      reference: order.orderId,
      amount: { value: order.cents, currency: 'EUR' },
      returnUrl: order.returnUrl,
    },
    { idempotencyKey: `session-${order.orderId}-${order.cartRevision}` },
  );
}

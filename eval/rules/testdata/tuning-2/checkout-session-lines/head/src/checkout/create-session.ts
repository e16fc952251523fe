import Stripe from 'stripe';
import { carts } from '../carts';
import { env } from '../env';

const stripe = new Stripe(env.STRIPE_SECRET_KEY, { apiVersion: '2024-06-20', timeout: 12_000 });

export type Market = 'de' | 'us' | 'jp';

const CURRENCY: Record<Market, string> = { de: 'eur', us: 'usd', jp: 'jpy' };

export interface CartLine {
  sku: string;
  title: string;
  /** Decimal price in the currency of the market, as entered in the back office. */
  price: number;
  quantity: number;
}

export async function createSession(cartId: string, market: Market): Promise<string> {
  const cart = await carts.load(cartId);
  if (cart.lines.length === 0) throw new Error(`cart ${cartId} is empty`);

  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: cartId,
      success_url: `${env.PUBLIC_URL}/thanks?session={CHECKOUT_SESSION_ID}`,
      cancel_url: `${env.PUBLIC_URL}/cart`,
      line_items: cart.lines.map((line: CartLine) => ({
        quantity: line.quantity,
        price_data: {
          currency: CURRENCY[market],
          unit_amount: Math.trunc(line.price * 100),
          product_data: { name: line.title, metadata: { sku: line.sku } },
        },
      })),
    },
    { idempotencyKey: `checkout-${cartId}-${cart.revision}` },
  );

  if (!session.url) throw new Error(`session ${session.id} has no url`);
  await carts.attachSession(cartId, session.id);
  return session.url;
}

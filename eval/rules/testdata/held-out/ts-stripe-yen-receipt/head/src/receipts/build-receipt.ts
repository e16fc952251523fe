import type Stripe from 'stripe';

export const SHOP_CURRENCIES = ['eur', 'usd', 'gbp', 'jpy', 'krw'] as const;
export type ShopCurrency = (typeof SHOP_CURRENCIES)[number];

export interface Receipt {
  number: string;
  issuedAt: Date;
  total: string;
  currency: ShopCurrency;
  method: string;
}

const LOCALES: Record<ShopCurrency, string> = {
  eur: 'de-DE',
  usd: 'en-US',
  gbp: 'en-GB',
  jpy: 'ja-JP',
  krw: 'ko-KR',
};

function isShopCurrency(value: string): value is ShopCurrency {
  return (SHOP_CURRENCIES as readonly string[]).includes(value);
}

export function buildReceipt(intent: Stripe.PaymentIntent, receiptNumber: string): Receipt {
  if (!isShopCurrency(intent.currency)) {
    throw new Error(`payment ${intent.id} has the unsupported currency ${intent.currency}`);
  }
  if (intent.status !== 'succeeded') {
    throw new Error(`payment ${intent.id} is ${intent.status}`);
  }

  const total = new Intl.NumberFormat(LOCALES[intent.currency], {
    style: 'currency',
    currency: intent.currency.toUpperCase(),
  }).format(intent.amount_received / 100);

  return {
    number: receiptNumber,
    issuedAt: new Date(intent.created * 1000),
    total,
    currency: intent.currency,
    method: intent.payment_method_types.at(0) ?? 'unknown',
  };
}

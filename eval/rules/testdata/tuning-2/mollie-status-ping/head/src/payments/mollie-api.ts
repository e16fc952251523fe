import { env } from '../env';

export interface MolliePayment {
  id: string;
  status: string;
  amount: { value: string; currency: string };
  metadata: { orderId?: string } | null;
}

export async function fetchPayment(id: string): Promise<MolliePayment> {
  const res = await fetch(`https://api.mollie.com/v2/payments/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${env.MOLLIE_API_KEY}`, accept: 'application/hal+json' },
    signal: AbortSignal.timeout(6_000),
  });
  if (!res.ok) throw new Error(`mollie answered ${res.status}`);
  return (await res.json()) as MolliePayment;
}

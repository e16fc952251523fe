import { z } from 'zod';
import type { SettlementLine } from './settlement';

const amount = z.object({ value: z.number().int().safe(), currency: z.string().length(3) });

export const captureItem = z.object({
  pspReference: z.string().min(1),
  merchantReference: z.string().min(1),
  eventDate: z.string().datetime({ offset: true }),
  amount,
  fee: amount.optional(),
});

const BASIS_POINTS = 10_000n;

/** Share in basis points, rounded half up, all in minor units. */
function share(minor: bigint, points: bigint): bigint {
  return (minor * points + BASIS_POINTS / 2n) / BASIS_POINTS;
}

export function toSettlementLine(item: z.infer<typeof captureItem>, platformPoints: bigint): SettlementLine {
  if (item.fee && item.fee.currency !== item.amount.currency) {
    throw new RangeError(`fee of ${item.pspReference} is in another currency`);
  }
  const gross = BigInt(item.amount.value);
  const fee = BigInt(item.fee?.value ?? 0);
  return {
    reference: item.pspReference,
    orderId: item.merchantReference,
    currency: item.amount.currency,
    grossMinor: gross,
    platformMinor: share(gross, platformPoints),
    netMinor: gross - fee - share(gross, platformPoints),
    bookedAt: new Date(item.eventDate),
  };
}

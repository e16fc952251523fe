import { z } from 'zod';
import type { SettlementLine } from './settlement';

const amount = z.object({ value: z.number().int().safe(), currency: z.string().length(3) });

export const captureItem = z.object({
  pspReference: z.string().min(1),
  merchantReference: z.string().min(1),
  eventDate: z.string().datetime({ offset: true }),
  amount,
});

export function toSettlementLine(item: z.infer<typeof captureItem>): SettlementLine {
  return {
    reference: item.pspReference,
    orderId: item.merchantReference,
    currency: item.amount.currency,
    grossMinor: BigInt(item.amount.value),
    bookedAt: new Date(item.eventDate),
  };
}

import { z } from 'zod';

export const razorpayEventSchema = z.object({
  event: z.enum(['payment.captured', 'payment.failed', 'refund.processed']),
  created_at: z.number().int(),
  payload: z.record(z.string(), z.unknown()),
});

export type RazorpayEvent = z.infer<typeof razorpayEventSchema>;

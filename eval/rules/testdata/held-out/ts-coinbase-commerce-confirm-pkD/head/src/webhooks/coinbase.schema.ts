import { z } from 'zod'

export const ChargeEvent = z.object({
  id: z.union([z.string(), z.number()]),
  event: z.object({
    id: z.string().min(1),
    type: z.string(),
    created_at: z.coerce.date(),
    data: z.object({
      id: z.string().min(1),
      code: z.string(),
      metadata: z.record(z.string(), z.unknown()).default({}),
    }),
  }),
})

export type ChargeEvent = z.infer<typeof ChargeEvent>

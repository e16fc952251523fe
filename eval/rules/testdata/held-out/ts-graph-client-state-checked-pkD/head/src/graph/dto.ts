import { z } from 'zod'

export const NotificationBatch = z.object({
  value: z
    .array(
      z.object({
        subscriptionId: z.string().uuid(),
        clientState: z.string().min(1).max(128),
        changeType: z.enum(['created', 'updated', 'deleted']),
        resource: z.string().min(1),
      }),
    )
    .max(1000),
})

export type NotificationBatch = z.infer<typeof NotificationBatch>

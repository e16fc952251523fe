import * as z from 'zod'

const Level = z.enum(['low', 'medium', 'high'])

/**
 * What the agent said about the change as a whole: data that the host renders, no prose of its own
 * making. Praise or a verdict of the model has no place in it.
 */
export const Advice = z.strictObject({
  risk: Level,
  complexity: Level,
  /** Who speaks to whom, in order; the host draws it. */
  sequence: z
    .strictObject({
      participants: z.array(z.string()),
      steps: z.array(
        z.strictObject({
          from: z.string(),
          to: z.string(),
          message: z.string(),
          kind: z.enum(['call', 'reply', 'event', 'failure']),
        }),
      ),
    })
    .nullable(),
  failureModes: z.array(
    z.strictObject({
      call: z.string(),
      failure: z.string(),
      effect: z.string(),
      mitigation: z.string(),
    }),
  ),
  plan: z.array(z.strictObject({ phase: z.string(), steps: z.array(z.string()) })),
})
export type Advice = z.infer<typeof Advice>

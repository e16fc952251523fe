import * as z from 'zod'

/** `planned` is past the point where the model is asked; the last four have ended. */
export const RunState = z.enum(['claimed', 'planned', 'done', 'superseded', 'cancelled', 'dead'])
export type RunState = z.infer<typeof RunState>

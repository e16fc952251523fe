import * as z from 'zod'
import { Job } from '#core/job/job'

/**
 * What lies in the queue: the job, since when its work has been wanted, and how often it was put
 * off because of something that no try of ours could mend.
 */
export const JobPayload = z.strictObject({
  since: z.number(),
  waits: z.int(),
  /** How much it is suspected of having killed the process that worked on it. */
  blame: z.int().default(0),
  job: Job,
})
export type JobPayload = z.infer<typeof JobPayload>

/** The payload, or in words why this program cannot do it. */
export function readPayload(
  data: unknown,
): { ok: true; payload: JobPayload } | { ok: false; because: string } {
  const read = JobPayload.safeParse(data)
  if (read.success) return { ok: true, payload: read.data }
  const [issue] = read.error.issues
  const place = issue?.path.join('.') || 'payload'
  return {
    ok: false,
    because: `This version of the program cannot read the job (${place}: ${issue?.message ?? 'invalid'}).`,
  }
}

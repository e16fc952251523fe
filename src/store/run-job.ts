import * as z from 'zod'
import { Job } from '#core/job/job'

/** The job of a run as it lies in the store. */
export const ReviewJobText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(Job)
  .transform((job, context) => {
    if (job.kind === 'review') return job
    context.addIssue('a run belongs to a review')
    return z.NEVER
  })

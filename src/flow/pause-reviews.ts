import { pullKey } from '#core/job/job'
import { pausedAlready, pausedNow, resumedAlready, resumedNow } from '#core/render/pause-words'
import type { Answer } from '#flow/answering'

/** Stops automatic reviews of the pull request. */
export const answerPause: Answer = async ({ pauses, clock }, { job }) => {
  const key = pullKey({ ...job, pull: job.issue })
  const known = await pauses.of(key)
  if (known?.paused === true && known.by !== job.login) return pausedAlready(known)
  await pauses.set(key, { paused: true, by: job.login, because: '', at: clock.now() })
  return pausedNow()
}

/** Lets automatic reviews go on with the next push. */
export const answerResume: Answer = async ({ pauses, clock }, { job }) => {
  const key = pullKey({ ...job, pull: job.issue })
  const known = await pauses.of(key)
  if (known === null || (!known.paused && known.by !== job.login)) return resumedAlready()
  await pauses.set(key, { paused: false, by: job.login, because: '', at: clock.now() })
  return resumedNow()
}

import { assertNever } from '#core/exhaustive'
import { wishOf } from '#core/job/absorb'
import { REVIEW_ACTION } from '#core/job/check-actions'
import { jobKey, type ReviewJob } from '#core/job/job'
import { capital } from '#core/text/lines'
import type { Admission } from '#flow/admit'
import { openCheck } from '#flow/check-run'
import type { Runs } from '#flow/ports'
import { type PublishNeeds, publishNeeds, type TurnNeeds } from '#flow/publish'
import type { Opening, PullRequest } from '#flow/pull-request-port'

interface Needs
  extends Pick<PublishNeeds, 'clock' | 'log' | 'visibilityMs' | 'markerKeys'>,
    TurnNeeds {
  readonly runs: Runs
}

/** Says why nothing is reviewed, in the quietest place where the person who asks will look. */
export async function turnAway(
  needs: Needs,
  job: ReviewJob,
  pull: PullRequest,
  opening: Opening,
  admission: Exclude<Admission, { kind: 'admitted' }>,
): Promise<string> {
  switch (admission.kind) {
    case 'ignored':
      await needs.runs.supersede(jobKey(job), null)
      return admission.because
    case 'refused':
      if (job.trigger.kind === 'command') await pull.status.react(job.trigger, 'confused')
      return admission.because
    case 'waits': {
      if (job.trigger.kind === 'command') await pull.status.react(job.trigger, 'confused')
      // The head waits, whoever asked: one check says so, and no command is bound to it. That the
      // command was there tells later tries that this head may have come after it.
      const waiting: ReviewJob = {
        ...job,
        trigger:
          job.trigger.kind === 'automatic'
            ? job.trigger
            : { kind: 'automatic', action: 'synchronize' },
        absorbed: [...(job.absorbed ?? []), wishOf(job)],
      }
      const opened = await needs.runs.open(waiting, {
        headSha: opening.state.head,
        baseRef: opening.state.baseRef,
      })
      if (opened.kind !== 'claimed') return admission.because
      await openCheck(publishNeeds(needs, opened.run, pull), opening.state.head, {
        conclusion: 'neutral',
        title: 'Waiting for a maintainer',
        summary: `${capital(admission.because)}. Somebody with write permission can start the review with \`/tech-lead review\`, or with the button of this check.`,
        actions: [REVIEW_ACTION],
      })
      await opened.run.finish('done', admission.because)
      return admission.because
    }
    default:
      return assertNever(admission)
  }
}

import type { ReviewJob, SettleJob } from '#core/job/job'
import { Problem } from '#core/problem'
import type { Log, Runs } from '#flow/ports'
import type { StatusWriter } from '#flow/pull-request-port'

/** What ending forgotten checks needs from the world. */
export interface ForgottenNeeds {
  readonly runs: Pick<Runs, 'pullsOf'>
  readonly status: Pick<StatusWriter, 'ownChecks' | 'updateCheck'>
  readonly log: Log
}

/**
 * Ends our open checks on heads of which nothing is known here: their runs were lost with the
 * store, and no other run will come for a head that was left. An open check that is required
 * blocks a merge for two weeks. Heads with runs cost one look into the store and no call.
 */
export async function endForgottenChecks(
  needs: ForgottenNeeds,
  job: Pick<ReviewJob | SettleJob, 'installation' | 'repository'>,
  heads: readonly string[],
): Promise<void> {
  const { installation, repository } = job
  for (const head of new Set(heads)) {
    const place = { installation, repository: repository.id, externalId: null, head }
    if ((await needs.runs.pullsOf(place)).length === 0) await endOn(needs, head)
  }
}

async function endOn({ status, log }: ForgottenNeeds, head: string): Promise<void> {
  try {
    for (const { id, status: state } of await status.ownChecks(head)) {
      if (state === 'completed') continue
      const summary = 'This head was left before its review came to an end.'
      await status.updateCheck(id, { conclusion: 'cancelled', title: 'Called off', summary })
      log.info({ check: id, head }, 'forgotten check ended')
    }
  } catch (failure) {
    // A commit that is gone, or a permission that is missing, must not keep the review from its work.
    if (!(failure instanceof Problem) || failure.kind === 'retry') throw failure
    log.warn({ head, because: failure.message }, 'forgotten checks not ended')
  }
}

/** The heads that events named, without the one that is there now. */
export function headsLeft({ head, earlier = [] }: ReviewJob, now: string): readonly string[] {
  return [...earlier, head].filter((sha) => sha !== '' && sha !== now)
}

import { Problem } from '#core/problem'
import type { StatusWriter } from '#flow/pull-request-port'

/**
 * A merge queue waits for every required check on its own commit, and would wait for ever for
 * ours. The change was reviewed in its pull request, so the check is completed at once. Where the
 * app may not write checks, none of ours can be required.
 *
 * @returns what was done, in a few words
 */
export async function coverMergeGroup(
  status: StatusWriter,
  headSha: string,
  now: number,
): Promise<string> {
  try {
    await cover(status, headSha, now)
    return 'the merge queue has its check'
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== 'github.forbidden') throw failure
    return 'no check may be written here'
  }
}

async function cover(status: StatusWriter, headSha: string, now: number): Promise<void> {
  const externalId = `merge-group-${headSha}`
  const checks = await status.ownChecks(headSha)
  if (checks.some((check) => check.externalId === externalId)) return
  await status.createCheck({
    headSha,
    externalId,
    startedAt: new Date(now).toISOString(),
    conclusion: 'success',
    title: 'Reviewed in the pull request',
    summary: 'A merge queue is not reviewed again.',
  })
}

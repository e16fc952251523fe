import type { StatusWriter } from '#flow/pull-request-port'

/**
 * A merge queue waits for every required check on its own commit, and would wait for ever for
 * ours. The change was reviewed in its pull request, so the check is completed at once.
 */
export async function coverMergeGroup(
  status: StatusWriter,
  headSha: string,
  now: number,
): Promise<void> {
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

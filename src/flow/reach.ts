import type { Job, RepositoryRef } from '#core/job/job'
import { Problem } from '#core/problem'
import type { FirstLookJob } from '#flow/first-look'
import type { InstallationHome } from '#flow/onboarding-port'

/** What the app keeps of what it reaches. */
export interface Reach {
  readonly installation: (id: number) => InstallationHome
  /** False where nobody wants to be introduced to the app. */
  readonly introduces: boolean
  /** Queues first looks; one that waits already stays as it is. */
  enqueue(jobs: readonly FirstLookJob[]): Promise<void>
  /** Its owner accepted permissions: what was refused to the app is asked for again at once. */
  accepted(installation: number): void
  /** Makes the jobs of an installation that wait due at once. */
  wake(installation: number): Promise<void>
  /** Drops what is queued and kept of an installation, or of some of its repositories. */
  forget(installation: number, repositories: readonly number[] | null): Promise<void>
}

type ReachJob = Extract<Job, { kind: 'installation' | 'repositories' | 'repository' }>

/**
 * Follows what the app may reach: queues a first look for each repository that came, drops what is
 * kept of those that went. It may be repeated: a repository is looked at once, whoever names it.
 *
 * @returns what was done, in a few words
 */
export async function followReach(reach: Reach, job: ReachJob): Promise<string> {
  const { installation } = job
  switch (job.kind) {
    case 'installation':
      return followInstallation(reach, job)
    case 'repositories': {
      const { change, repositories } = job
      if (change === 'added') return queueLooks(reach, job, repositories)
      const gone = await outOfReach(reach, installation, repositories)
      await reach.forget(installation, gone)
      return `what was kept of ${gone.length} repositories is dropped`
    }
    case 'repository':
      if (job.change === 'deleted') {
        await reach.forget(installation, [job.repository.id])
        return 'what was kept of it is dropped'
      }
      // It may have come from an account that the app did not reach.
      if (job.change === 'transferred') return queueLooks(reach, job, [job.repository])
      // Everything is kept by the id, which stays; names are read anew with each event.
      return 'nothing is kept that would have to change'
    default:
      return job satisfies never
  }
}

async function followInstallation(
  reach: Reach,
  job: Extract<Job, { kind: 'installation' }>,
): Promise<string> {
  const { installation, change } = job
  switch (change) {
    case 'created':
    case 'permissions': {
      if (change === 'permissions') reach.accepted(installation)
      let count = 0
      // The event may name no repository, or not all: it is asked, page by page.
      if (reach.introduces) {
        for await (const page of reach.installation(installation).repositories()) {
          await queueLooks(reach, job, page)
          count += page.length
        }
      }
      if (change === 'permissions') await reach.wake(installation)
      return `${count} repositories are reached`
    }
    case 'deleted':
      if (await reach.installation(installation).exists()) return 'it is installed again'
      await reach.forget(installation, null)
      return 'what was kept is dropped'
    case 'resumed':
      await reach.wake(installation)
      return 'its jobs go on'
    case 'suspended':
      return 'its jobs wait until it is resumed'
    default:
      return change satisfies never
  }
}

/** Those that the app does not reach now: events come late, in any order, and may be replayed. */
async function outOfReach(
  reach: Reach,
  installation: number,
  repositories: readonly RepositoryRef[],
): Promise<readonly number[]> {
  const missing = new Set(repositories.map(({ id }) => id))
  try {
    for await (const page of reach.installation(installation).repositories()) {
      for (const { id } of page) missing.delete(id)
    }
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.kind !== 'gone') throw failure
  }
  return [...missing]
}

async function queueLooks(
  { introduces, enqueue }: Reach,
  { version, installation, delivery }: Pick<ReachJob, 'version' | 'installation' | 'delivery'>,
  repositories: readonly RepositoryRef[],
): Promise<string> {
  if (!introduces) return 'nobody is introduced to the app'
  const base = { version, installation, delivery, kind: 'first-look' } as const
  await enqueue(repositories.map((repository) => ({ ...base, repository })))
  return `${repositories.length} first looks are queued`
}

import type { Job } from '#core/job/job'
import { type AssessNeeds, assessTree } from '#flow/assess-tree'
import {
  type BackgroundNeeds,
  inBackground,
  leaveRoom,
  takeTurn,
  type WorkEnd,
} from '#flow/background-work'
import { type IntroduceNeeds, introduce } from '#flow/introduce'
import type { FirstLooks, OnboardingHome, RepositoryState } from '#flow/onboarding-port'

/** The first look at one repository. */
export type FirstLookJob = Extract<Job, { kind: 'first-look' }>

/** What a first look needs from the world. */
export interface FirstLookNeeds
  extends Omit<AssessNeeds, 'log'>,
    Omit<IntroduceNeeds, 'home' | 'asksModel'>,
    BackgroundNeeds {
  readonly home: (job: FirstLookJob) => OnboardingHome
  readonly looks: FirstLooks
  /** Whether Claude reviews a repository too, which has no settings yet. */
  readonly asksModel: (repository: FirstLookJob['repository']) => boolean
}

/**
 * Looks at a repository once, when the app first reaches it: where it speaks to other systems, one
 * pull request introduces the app; where it does not, nothing is said. Reviews come first: looks go
 * one by one, leave half of the hourly limits alone, and stand still when GitHub asks for it.
 */
export async function firstLook(needs: FirstLookNeeds, job: FirstLookJob): Promise<WorkEnd> {
  const { looks } = needs
  const { installation, repository } = job
  const before = await looks.result(installation, repository.id)
  if (before !== null) return { kind: 'done', because: `looked at before: ${before}` }
  return inBackground(needs, installation, {
    work: () => look(needs, job),
    refused: (because) => end(needs, job, `refused: ${because}`),
  })
}

async function look(needs: FirstLookNeeds, job: FirstLookJob): Promise<WorkEnd> {
  const home = needs.home(job)
  const state = await home.state()
  const silent = silentBecause(state)
  if (state.tip === null || silent !== null) return end(needs, job, silent ?? 'empty')
  const resting = await leaveRoom(needs, job.installation)
  if (resting !== null) return resting
  const assessment = await assessTree(needs, home.contents(state.tip.commit))
  if (assessment === null) return end(needs, job, 'no integration code')
  const queued = await takeTurn(needs, job.installation)
  if (queued !== null) return queued
  const pull = await introduce(
    { ...needs, home, asksModel: needs.asksModel(job.repository) },
    { repositoryId: job.repository.id, state, tip: state.tip, assessment },
  )
  return end(needs, job, `introduced by #${pull}`)
}

/** Why nothing is said here, in a few words; null where something may be. */
function silentBecause({ archived, fork, tip, introduced, pull }: RepositoryState): string | null {
  if (archived) return 'archived'
  if (fork) return 'a fork'
  if (tip === null) return 'empty'
  if (introduced) return 'introduced before'
  if (pull !== null && !pull.open) return `#${pull.number} was closed`
  return null
}

async function end(
  { looks }: FirstLookNeeds,
  { installation, repository }: FirstLookJob,
  result: string,
): Promise<WorkEnd> {
  await looks.end(installation, repository.id, result)
  return { kind: 'done', because: result }
}

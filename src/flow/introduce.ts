import type { Agent } from '#core/agent/agent'
import { inventoryLearnings } from '#core/memory/inventory-learnings'
import { planLearnings } from '#core/memory/plan-learnings'
import { proposedSettings } from '#core/onboarding/proposed-settings'
import type { PlannedLearning } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { ONBOARDING_TITLE, onboardingBody } from '#core/render/onboarding-report'
import { redact } from '#core/text/redact'
import type { Assessment } from '#flow/assess-tree'
import { commitMemory } from '#flow/commit-memory'
import { effectOnce } from '#flow/effect-once'
import { effectsInMemory } from '#flow/kept-in-memory'
import type { OnboardingHome, RepositoryState } from '#flow/onboarding-port'
import type { Clock, Contents, Log } from '#flow/ports'
import { readSources } from '#flow/read-sources'

/** What introducing the app to a repository needs from the world. */
export interface IntroduceNeeds {
  readonly home: OnboardingHome
  readonly agent: Agent
  readonly clock: Clock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly log: Log
  readonly visibilityMs: number
  /** Whether Claude reviews too. */
  readonly asksModel: boolean
  readonly tool: { readonly name: string; readonly version: string }
  /** The values of this process's own secrets: nothing is written that holds one. */
  readonly secrets: readonly string[]
}

/** A repository that is to be introduced to, and what stands in it. */
export interface Introduction {
  readonly repositoryId: number
  readonly state: RepositoryState
  readonly tip: NonNullable<RepositoryState['tip']>
  readonly assessment: Assessment
}

/**
 * Opens the one pull request that introduces the app: a branch, the settings, the pull request, and
 * the first memory, which names it. Each step first looks for what an earlier try left behind, and
 * GitHub itself has no second branch of a name and no second open pull request from it.
 *
 * @returns the number of the pull request
 */
export async function introduce(
  needs: IntroduceNeeds,
  { repositoryId, tip, assessment }: Introduction,
): Promise<number> {
  const { home, clock, visibilityMs, secrets } = needs
  const once = { run: effectsInMemory(clock), clock, visibilityMs }
  const trailer = `Tech-Lead-Onboarding: ${repositoryId}`
  const learnings = await firstMemory(assessment, home.contents(tip.commit))
  await effectOnce(once, {
    step: 'create-branch',
    find: async () => (await home.state()).ours?.commit ?? null,
    write: () => home.createBranch(tip.commit),
  })
  const text = redact(proposedSettings(assessment), secrets).text
  await effectOnce(once, {
    step: 'commit-settings',
    find: async () => {
      const { ours } = await home.state()
      return ours?.settings === true ? ours.commit : null
    },
    write: async () => {
      const expected = (await home.state()).ours?.commit ?? tip.commit
      return home.commitSettings({ expected, text, trailer })
    },
  })
  const body = onboardingBody({
    ...needs,
    ...assessment,
    webUrl: home.webUrl,
    commit: tip.commit,
    agent: needs.agent.header.name,
    facts: learnings.length,
  })
  const number = await effectOnce(once, {
    step: 'open-pull',
    find: async () => (await home.state()).pull?.number.toString() ?? null,
    write: async () => {
      const words = { title: ONBOARDING_TITLE, body: redact(body, secrets).text }
      return String(await home.openPull({ base: tip.branch, ...words }))
    },
  })
  await rememberFirst(needs, { pull: Number(number), trailer, learnings })
  return Number(number)
}

/** What the code on the default branch says by itself, each fact with the line that says it. */
async function firstMemory(
  { integrations }: Assessment,
  contents: Contents,
): Promise<readonly PlannedLearning[]> {
  const learnings = inventoryLearnings(integrations)
  const paths = [...new Set(learnings.flatMap(({ citation }) => citation?.path ?? []))]
  const sources = await readSources(contents, paths, 'head')
  const texts = new Map(sources.map(({ path, text }) => [path, text]))
  const author = { mayWrite: true, fork: false }
  const { planned } = planLearnings({ learnings, reviewed: texts, tip: texts, author })
  return planned.filter(({ when }) => when === 'now')
}

/** A memory that the branch does not take is learned by the reviews to come. */
async function rememberFirst(
  { home, agent, clock, random, log }: IntroduceNeeds,
  memory: {
    readonly pull: number
    readonly trailer: string
    readonly learnings: readonly PlannedLearning[]
  },
): Promise<void> {
  if (memory.learnings.length === 0) return
  const committed = await commitMemory({ clock, random }, home.memoryBranch(), {
    ...memory,
    agent: agent.header.name,
    edits: [],
  })
  if (committed.kind === 'postponed') {
    const { delayMs: retryAfterMs } = committed
    throw new Problem('memory.postponed', 'retry', 'the branch moved', { retryAfterMs })
  }
  if (committed.kind === 'refused') {
    log.warn({ because: committed.because }, 'memory commit refused')
  }
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Repository } from '../world/github/state.ts'
import {
  asked,
  type Case,
  createShop,
  expectReviewedOnce,
  openIn,
  ownChecks,
  settled,
} from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

// Repositories that do not take what a review learned. Each review is complete, and the memory waits,
// or stands in the one proposal, however many reviews come after it.

let stage: Stage
beforeAll(async () => {
  stage = await createStage(await embeddedHome())
  await stage.machine.start()
})
afterAll(() => stage?.close())

const ROLLING = 'tech-lead/memory'
const proposals = ({ pulls }: Repository) => pulls.filter(({ head }) => head.branch === ROLLING)
const summaryOf = (one: Case) => ownChecks(stage.world, one)[0]?.output.summary ?? ''

interface Refusal {
  readonly arrange: (repository: Repository) => void
  readonly proposed: number
  /** What the check says of the memory. */
  readonly said: RegExp
}
const REFUSALS: Readonly<Record<string, Refusal>> = {
  'a protected branch': {
    arrange: (repository) =>
      stage.world.protectBranch(repository, 'main', [{ type: 'pull_request' }] as never),
    proposed: 1,
    said: /#\d+/,
  },
  'a ruleset over every branch': {
    arrange(repository) {
      stage.world.protectBranch(repository, 'main', [{ type: 'pull_request' }] as never)
      stage.world.protectBranch(repository, ROLLING, [{ type: 'creation' }] as never)
    },
    proposed: 0,
    said: /pull request\./,
  },
  'push protection': {
    arrange(repository) {
      repository.pushProtection = true
      repository.customPatterns = [/SENDGRID_API_KEY/]
    },
    proposed: 0,
    said: /secrets/,
  },
}

async function open(repository: Repository, number: number): Promise<Case> {
  const one = await openIn(stage.world, repository, `feature-${number}`)
  await settled(stage.world, one, 0, 120_000)
  return one
}

describe('where the memory is refused, the review is complete', () => {
  test.each(Object.entries(REFUSALS))('%s', async (name, { arrange, proposed, said }) => {
    const { world } = stage
    const repository = await createShop(world, name.replaceAll(' ', '-'))
    arrange(repository)
    for (const number of [1, 2, 3]) {
      const one = await open(repository, number)
      await expectReviewedOnce(world, one, { commits: 0 })
      if (number === 1) expect(summaryOf(one)).toMatch(said)
      expect(proposals(repository)).toHaveLength(proposed)
    }
    const [proposal] = proposals(repository)
    if (proposal === undefined) return
    // What it holds is what one review on its own would have committed, once.
    const text = await repository.git.run(['grep', '-c', 'SendGrid', `${ROLLING}:`]).catch(() => '')
    expect(text).not.toBe('')
    expect(proposal.state).toBe('open')
  })

  test('an installation that may not write contents', async () => {
    const { world } = stage
    const repository = await createShop(world, 'no-contents')
    const installation = world.installationOf(repository)
    const before = installation.permissions
    world.setInstallationPermissions(installation, { ...before, contents: 'read' })
    for (const number of [1, 2]) {
      const one = await open(repository, number)
      await expectReviewedOnce(world, one, { commits: 0 })
    }
    expect(proposals(repository)).toEqual([])
    // Allowed again, the next review writes down what waited.
    world.setInstallationPermissions(installation, before)
    const one = await open(repository, 3)
    await expectReviewedOnce(world, one, { commits: 1 })
  })

  test('a repository that is archived while it is reviewed ends in order', async () => {
    const { world } = stage
    const repository = await createShop(world, 'archived')
    repository.isArchived = true
    const one = await openIn(world, repository, 'feature-1').catch(() => null)
    repository.isArchived = true
    if (one === null) return
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    const before = asked(world, one).length
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    expect(asked(world, one).length).toBe(before)
    const seen = await world.conversation(repository, one.pull)
    expect([seen.reviews, proposals(repository)]).toEqual([[], []])
  })
})

import * as z from 'zod'
import { Problem } from '#core/problem'
import type { MemoryHistory, RollingBranch } from '#flow/pull-request-port'
import { type MemoryPlace, memoryBranch, readBranchTip, readHistory } from '#github/memory-branch'

/** The one branch that memory is proposed from. */
const ROLLING_BRANCH = 'tech-lead/memory'
/** The branch of the app's introduction, whose pull request memory joins while it is open. */
const ONBOARDING_BRANCH = 'tech-lead/onboarding'
/** Proposals that people turned down, of which the newest are asked what was in them. */
const TURNED_DOWN = 3

const Pulls = z.array(
  z.object({
    number: z.int(),
    state: z.enum(['open', 'closed']),
    merged_at: z.string().nullish(),
    head: z.object({ sha: z.string() }),
  }),
)
type Proposal = z.infer<typeof Pulls>[number]
const Created = z.object({ number: z.int() })

/**
 * The branch of the rolling pull request. While that is open, the branch is its own, with whatever
 * people committed to it; without one, what is left of an earlier branch makes way for a fresh one.
 * An introduction that is open is joined instead, so that people have one pull request to decide on.
 */
export async function openRollingBranch(place: MemoryPlace, base: string): Promise<RollingBranch> {
  const [own, introductions] = await Promise.all([
    proposalsFor(place, ROLLING_BRANCH),
    proposalsFor(place, ONBOARDING_BRANCH),
  ])
  const rolling = own.find(isOpen)
  const open = rolling ?? introductions.find(isOpen) ?? null
  const name = open === rolling || open === null ? ROLLING_BRANCH : ONBOARDING_BRANCH
  if (open === null) await beginAnew(place, base)
  else await catchUp(place, base, name)
  const turnedDown = [...own, ...introductions]
    .toSorted((a, b) => b.number - a.number)
    .filter(({ state, merged_at }) => state === 'closed' && !merged_at)
    .slice(0, TURNED_DOWN)
  const branch = memoryBranch(place, async () => name)
  return {
    ...branch,
    async history(trailers) {
      const closed = turnedDown.map(({ head }) => readHistory(place, head.sha, new Set(trailers)))
      return joined([await branch.history(trailers), ...(await Promise.all(closed))])
    },
    propose: async (words) => open?.number ?? createProposal(place, base, words),
  }
}

/** Whether the app's introduction waits for people to decide on it. */
export async function isIntroducing(place: MemoryPlace): Promise<boolean> {
  return (await proposalsFor(place, ONBOARDING_BRANCH)).some(isOpen)
}

function isOpen({ state }: Proposal): boolean {
  return state === 'open'
}

/** What people turned down counts as written and taken out again; the pace is the branch's own. */
function joined([own, ...closed]: readonly [MemoryHistory, ...MemoryHistory[]]): MemoryHistory {
  const carried = [...closed.toReversed(), own].flatMap((one) => [...one.carried])
  return { carried: new Map(carried), madeAt: own.madeAt }
}

/** Every pull request from a branch of ours within the repository, newest first. */
function proposalsFor({ client, ref }: MemoryPlace, branch: string): Promise<Proposal[]> {
  return client.read(async (octokit) => {
    // tech-lead-ignore first-page-only -- the newest thirty of one branch: an open one is always the newest
    const { data } = await octokit.rest.pulls.list({
      ...{ owner: ref.owner, repo: ref.name, state: 'all' },
      ...{ head: `${ref.owner}:${branch}`, per_page: 30 },
    })
    return Pulls.parse(data)
  })
}

async function beginAnew(place: MemoryPlace, base: string): Promise<void> {
  const { client, ref } = place
  const at = { owner: ref.owner, repo: ref.name }
  const sha = await readBranchTip(place, base)
  const left = await readBranchTip(place, ROLLING_BRANCH).catch(whenGone)
  if (left === sha) return
  if (left !== null)
    await client.write((octokit) =>
      octokit.rest.git.deleteRef({ ...at, ref: `heads/${ROLLING_BRANCH}` }),
    )
  await client.write((octokit) =>
    octokit.rest.git.createRef({ ...at, ref: `refs/heads/${ROLLING_BRANCH}`, sha }),
  )
}

function whenGone(failure: unknown): null {
  if (failure instanceof Problem && failure.kind === 'gone') return null
  throw failure
}

/** Merges the default branch in. A conflict is left for the person who merges the proposal. */
async function catchUp({ client, ref }: MemoryPlace, base: string, branch: string): Promise<void> {
  try {
    await client.write((octokit) =>
      octokit.rest.repos.merge({
        ...{ owner: ref.owner, repo: ref.name, base: branch, head: base },
      }),
    )
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== 'github.refused') throw failure
  }
}

function createProposal(
  { client, ref }: MemoryPlace,
  base: string,
  words: { readonly title: string; readonly body: string },
): Promise<number> {
  return client.write(async (octokit) => {
    const { data } = await octokit.rest.pulls.create({
      ...{ owner: ref.owner, repo: ref.name, base, head: ROLLING_BRANCH },
      ...words,
    })
    return Created.parse(data).number
  })
}

import * as z from 'zod'
import type { GitHubWorld } from '../../world/github/world.ts'
import { type Case, ownChecks } from '../flawed-pull-request.ts'

/** What is wrong at the end, one line each; nothing in a good run. */
export interface Verdict {
  readonly lost: readonly string[]
  readonly twice: readonly string[]
  readonly open: readonly string[]
  readonly memory: readonly string[]
  readonly spend: readonly string[]
  readonly contract: readonly string[]
}

const nameOf = ({ repository, pull }: Case) => `${repository.name}#${pull.number}`

/** Whether the newest head of a pull request has been reviewed, and nothing of it is left open. */
export function isSettled(world: GitHubWorld, one: Case): boolean {
  return lostOf(world, one).length === 0 && openOf(world, one).length === 0
}

function lostOf(world: GitHubWorld, one: Case): readonly string[] {
  const head = one.pull.head.sha
  const checks = ownChecks(world, one).filter(({ headSha }) => headSha === head)
  if (checks.some(({ output }) => /^Reviewed/.test(output.title ?? ''))) return []
  const titles = checks.map(({ status, output }) => `${status}: ${output.title}`).join(', ')
  const seen = titles === '' ? `no check; ${mailOf(world, head)}` : titles
  return [`${nameOf(one)} at ${head.slice(0, 8)}: ${seen}`]
}

/** What became of each attempt to tell of a head. */
function mailOf(world: GitHubWorld, head: string): string {
  return world.webhooks.log
    .filter(({ event, payload }) => event === 'pull_request' && told(payload) === head)
    .map(({ action, at, status }) => `${action} ${new Date(at).toISOString()} ${status}`)
    .join(', ')
}

const Told = z.object({ pull_request: z.object({ head: z.object({ sha: z.string() }) }) })
const told = (payload: unknown) => Told.safeParse(payload).data?.pull_request.head.sha

function openOf(world: GitHubWorld, one: Case): readonly string[] {
  return ownChecks(world, one)
    .filter(({ status }) => status !== 'completed')
    .map(({ headSha }) => `${nameOf(one)}: the check of ${headSha.slice(0, 8)} is open`)
}

function doubles(words: readonly string[]): readonly string[] {
  return [...Map.groupBy(words, (word) => word)]
    .filter(([, same]) => same.length > 1)
    .map(([word, same]) => `${same.length} times ${word}`)
}

const FINDING = /tl-[0-9a-f]{12}/

function twiceOf(world: GitHubWorld, one: Case): readonly string[] {
  const { repository, pull } = one
  const bot = world.bot.id
  const place = nameOf(one)
  const reviews = pull.reviews.filter(({ author }) => author.id === bot)
  const checks = ownChecks(world, one).map(({ headSha }) => `a check of ${place} ${headSha}`)
  const posted = reviews.map(({ commit }) => `a review of ${place} ${commit}`)
  const summaries = repository.issueComments
    .filter(({ number, author }) => number === pull.number && author.id === bot)
    .map(() => `the summary of ${place}`)
  const findings = pull.threads.flatMap(({ comments: [first] }) => {
    const id = FINDING.exec(first?.body ?? '')?.[0]
    return first?.author.id === bot && id !== undefined ? [`${id} in ${place}`] : []
  })
  const pending = reviews.filter(({ state }) => state === 'PENDING').map(() => `${place}: pending`)
  return [...doubles([...checks, ...posted, ...summaries, ...findings]), ...pending]
}

/** Entries and commits of the memory that are there more than once. */
async function memoryOf(cases: readonly Case[]): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const repository of new Set(cases.map((one) => one.repository))) {
    const { git, defaultBranch, name } = repository
    const files = (await git.run(['ls-tree', '-r', '--name-only', defaultBranch]))
      .split('\n')
      .filter((path) => path.startsWith('.claude/agent-memory/'))
    for (const path of files) {
      const text = await git.run(['show', `${defaultBranch}:${path}`])
      const bullets = text.split('\n').filter((line) => line.startsWith('- '))
      wrong.push(...doubles(bullets.map((line) => `${name} ${path}: ${line}`)))
    }
    const commits = await git.log(defaultBranch)
    const runs = commits.flatMap(({ message }) => {
      const run = /^Tech-Lead-Run: (.*)$/m.exec(message)?.[1]
      return run === undefined ? [] : [`a commit of run ${run} in ${name}`]
    })
    wrong.push(...doubles(runs))
  }
  return wrong
}

/** Judges the world by what people see on GitHub, never by what the product says of itself. */
export async function judge(
  world: GitHubWorld,
  cases: readonly Case[],
  spend: readonly string[],
): Promise<Verdict> {
  return {
    lost: cases.flatMap((one) => lostOf(world, one)),
    twice: cases.flatMap((one) => twiceOf(world, one)),
    open: cases.flatMap((one) => openOf(world, one)),
    memory: await memoryOf(cases),
    spend,
    contract: world.violations.map(({ route, detail }) => `${route}: ${detail.slice(0, 300)}`),
  }
}

/** How many things are wrong. */
export function faultsOf(verdict: Verdict): number {
  return Object.values(verdict).reduce((sum, lines) => sum + lines.length, 0)
}

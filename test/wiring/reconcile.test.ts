import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Store } from '#store/open-store'
import { createOperations } from '#wiring/operations'
import { wireReconcile } from '#wiring/reconcile'
import { QUIET } from '../flow/fake-pull.ts'
import { appOf } from '../github/reach.ts'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { serverEnvironment } from '../support/server-process.ts'
import { embeddedHome, onPostgres, reviewJob } from '../support/store-homes.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>

const DAY_MS = 24 * 3_600_000

let world: GitHubWorld
let home: Awaited<ReturnType<typeof embeddedHome>>
let store: Store
beforeAll(async () => {
  world = await createGitHubWorld()
  home = await embeddedHome(usedDataDir())
  store = await home.open()
})
afterEach(async () => {
  world.faults.clear()
  expect(world.violations).toEqual([])
  for (const { id } of await store.desk.list({ limit: 1_000 })) await store.desk.discard(id)
  world.state.repositories.length = 0
  world.state.installations.length = 0
  world.journal.clear()
})
afterAll(async () => {
  await store?.close(1_000)
  await home?.remove()
  await world?.stop()
})

const owner = 'acme'
let owners = 0

/** A repository with open pull requests that changed one second after the other, the last just now. */
async function withPulls(count: number, order: { owner?: string } = {}): Promise<Repository> {
  owners += 1
  const repository = await world.createRepository({
    ...{ owner: order.owner ?? `acme-${owners}`, name: `shop-${owners}`, private: true },
  })
  await world.push(repository, 'feature', { author: 'dev', files: { 'a.ts': 'a\n' } })
  const first = await world.openPullRequest({
    ...{ repository, head: 'feature', title: 'a', author: 'dev' },
  })
  const now = world.now()
  first.updatedAt = now - (count - 1) * 1_000
  // Thousands of heads in git would take minutes and show nothing more.
  for (let number = 2; number <= count; number += 1) {
    const head = { ...first.head, sha: String(number).padStart(40, '0') }
    const updatedAt = now - (count - number) * 1_000
    repository.pulls.push({ ...first, id: world.state.nextId(), number, head, updatedAt })
  }
  return repository
}

const refOf = ({ id, owner: { login }, name, isPrivate }: Repository) => ({
  ...{ id, owner: login, name, private: isPrivate },
})
const jobOf = (repository: Repository, pull: Repository['pulls'][number]) =>
  reviewJob({
    installation: world.installationOf(repository).id,
    ...{ repository: refOf(repository), pull: pull.number, head: pull.head.sha },
  })

const review = async (repository: Repository, pull: Repository['pulls'][number]) => {
  const at = { headSha: pull.head.sha, baseRef: 'main' }
  const opened = await store.runs.open(jobOf(repository, pull), at)
  if (opened.kind === 'claimed') await opened.run.finish('done', null)
}

const ask = (go = false, since = world.now() - 7 * DAY_MS) =>
  wireReconcile({ app: appOf(world), store, log: QUIET })({ since, go })
const queued = () => store.desk.list({ limit: 1_000 })

test('of 300 open pull requests exactly the 12 unreviewed are proposed and queued, once', async () => {
  const [shop, web] = [await withPulls(250, { owner }), await withPulls(50)]
  const missed = new Set([
    ...[3, 99, 100, 101, 150, 200, 249, 250].map((number) => shop.pulls[number - 1]),
    ...[1, 7, 49, 50].map((number) => web.pulls[number - 1]),
  ])
  for (const repository of [shop, web]) {
    for (const pull of repository.pulls) {
      if (!missed.has(pull)) await review(repository, pull)
    }
  }
  const dry = await ask()
  expect([dry.looked, dry.queued, dry.left]).toEqual([300, null, []])
  const names = dry.proposed.map(({ repository, pull }) => `${repository}#${pull}`)
  expect(names).toHaveLength(12)
  expect(names.toSorted()).toEqual(
    [
      ...[3, 99, 100, 101, 150, 200, 249, 250].map((number) => `acme/${shop.name}#${number}`),
      ...[1, 7, 49, 50].map((number) => `${web.owner.login}/${web.name}#${number}`),
    ].toSorted(),
  )
  expect(dry.proposed.find(({ pull }) => pull === 249)?.head).toBe('249'.padStart(40, '0'))
  const moments = dry.proposed.map(({ updatedAt }) => updatedAt)
  expect(moments).toEqual(moments.toSorted((a, b) => b - a))
  expect(await queued()).toEqual([])

  expect((await ask(true)).queued).toBe(12)
  const jobs = await queued()
  expect(jobs.map(({ job, queue }) => [queue, job?.delivery])).toEqual(
    Array.from({ length: 12 }, () => ['review', 'reconcile']),
  )
  const again = await ask(true)
  expect([again.looked, again.proposed, again.queued]).toEqual([300, [], 0])
  expect(await queued()).toHaveLength(12)
}, 60_000)

test('a page of older ones is the last that is asked for', async () => {
  const shop = await withPulls(250)
  for (const pull of shop.pulls.slice(1, 130)) pull.updatedAt -= 30 * DAY_MS
  // The oldest of all was pushed to a moment ago.
  for (const pull of shop.pulls.slice(0, 1)) pull.updatedAt = world.now() + 2_000
  const { looked, proposed } = await ask()
  expect([looked, proposed[0]?.pull]).toEqual([121, 1])
  expect(world.journal.requests('POST /graphql')).toHaveLength(2)
})

test('closed, archived, disabled and our own are left out, and most cost no question', async () => {
  const [shop, archived, disabled, closed] = [
    await withPulls(3),
    await withPulls(1),
    await withPulls(1),
    await withPulls(1),
  ]
  archived.isArchived = true
  disabled.isDisabled = true
  const [only] = closed.pulls
  if (only !== undefined) await world.close(closed, only)
  const [first, second] = shop.pulls
  if (first !== undefined) first.author = world.bot
  if (second !== undefined) second.state = 'closed'
  const found = await ask()
  expect(found.proposed.map(({ repository, pull }) => [repository, pull])).toEqual([
    [`${shop.owner.login}/${shop.name}`, 3],
  ])
  expect([found.looked, found.left]).toEqual([1, []])
  expect(world.journal.requests('POST /graphql')).toHaveLength(1)
})

test('each repository is asked with a token that reads its pull requests and nothing else', async () => {
  const { id } = await withPulls(1)
  await ask()
  const [asked] = world.journal.requests('POST /graphql')
  expect(asked?.caller).toMatchObject({
    ...{ kind: 'installation', repositoryIds: [id] },
    permissions: { pull_requests: 'read', metadata: 'read' },
  })
})

test('a suspended, an ungranted and a limited installation are named, and the others go on', async () => {
  const [suspended, ungranted, limited, fine] = [
    await withPulls(1),
    await withPulls(1),
    await withPulls(1),
    await withPulls(1),
  ]
  world.suspend(world.installationOf(suspended))
  world.setInstallationPermissions(world.installationOf(ungranted), { metadata: 'read' })
  world.fault('POST /graphql', { kind: 'secondary-limit', retryAfter: 120 }, 1)
  const found = await ask(true)
  expect(found.proposed.map(({ repository }) => repository)).toEqual([
    `${fine.owner.login}/${fine.name}`,
  ])
  expect(found.queued).toBe(1)
  const said = new Map(found.left.map(({ what, because }) => [what, because]))
  const nameOf = (repository: Repository) =>
    `installation ${world.installationOf(repository).id} (${repository.owner.login})`
  expect(said.get(nameOf(suspended))).toBe('the app was suspended here')
  expect(said.get(nameOf(ungranted))).toMatch(
    /^the installation has not granted pull_requests: read;/,
  )
  expect(said.get(nameOf(limited))).toMatch(/: ask again in 2 minutes$/)
  expect(said.size).toBe(3)
  // The whole installation rests, whoever asks for it.
  expect(await store.rests.left(world.installationOf(limited).id)).toBeGreaterThan(100_000)
  const again = await ask()
  expect(again.left.map(({ because }) => because)).toContain(
    'GitHub asked it to wait: ask again in 2 minutes',
  )
})

test('half of the hourly limit is left to reviews', async () => {
  await withPulls(1)
  const reset = Math.floor(Date.now() / 1_000) + 600
  const [used, full] = [
    { limit: 5_000, remaining: 2_499, used: 2_501, reset },
    { limit: 5_000, remaining: 5_000, used: 0, reset },
  ]
  const body = { resources: { core: full, search: full, graphql: used }, rate: full }
  world.fault('GET /rate_limit', { kind: 'status', status: 200, body }, 1)
  const { looked, left } = await ask()
  expect(looked).toBe(0)
  expect(left[0]?.because).toBe('half of the hourly limit is used: ask again in 10 minutes')
  expect(world.journal.requests('POST /graphql')).toEqual([])
})

test('what the operator has halted is named and not asked for', async () => {
  const [shop, web] = [await withPulls(1, { owner }), await withPulls(1, { owner })]
  await store.halts.halt(`acme/${shop.name}`)
  const found = await ask()
  expect(found.proposed.map(({ repository }) => repository)).toEqual([`acme/${web.name}`])
  expect(found.left).toEqual([
    { what: `acme/${shop.name}`, because: `The operator has halted acme/${shop.name}.` },
  ])
  await store.halts.halt('all')
  expect((await ask(true)).queued).toBe(0)
  expect(world.journal.requests('POST /graphql')).toHaveLength(1)
  for (const scope of await store.halts.list()) await store.halts.resume(scope.scope)
})

onPostgres((shared) => {
  test('beside servers that share a database it is done once, by however many at once', async () => {
    const server = await shared().open()
    const [shop] = [await withPulls(5)]
    const { reconcile, jobs } = createOperations({
      ...serverEnvironment(world, home.dataDir),
      DATABASE_URL: shared().databaseUrl ?? '',
    })
    const since = world.now() - DAY_MS
    expect((await reconcile({ since, go: false })).proposed.map(({ id }) => id)).toEqual(
      [5, 4, 3, 2, 1].map((number) => `${shop.owner.login}/${shop.name}#${number}`),
    )
    const all = [1, 2, 3].map(() => reconcile({ since, go: true }))
    const sums = (await Promise.all(all)).map(({ queued: count }) => count ?? 0)
    expect(sums.reduce((sum, count) => sum + count, 0)).toBe(5)
    expect(await jobs({ state: null, limit: 100 })).toHaveLength(5)
    await server.close(1_000)
  })
})

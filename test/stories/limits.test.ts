import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  eventually,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

const PACE_MS = 3_000
const REVIEW = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'

let world: GitHubWorld
let server: ServerProcess
beforeAll(async () => {
  world = await createGitHubWorld()
  server = await startServer(world, { env: { TECH_LEAD_PACE_MS: String(PACE_MS) } })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await world?.stop()
})

/** A repository whose pull request, once opened, is worth a review. */
async function shop(owner: string, name: string) {
  const repository = await world.createRepository({
    ...{ owner, name, private: true, files: SHOP_FILES, roles: { dev: 'write' } },
  })
  await world.push(repository, 'pay', { author: 'dev', message: 'Pay', files: FLAWED })
  const order = { repository, head: 'pay', title: 'Pay', author: 'dev' }
  const open = () => world.openPullRequest(order)
  return { repository, installation: world.installationOf(repository), open }
}

const posted = (name: string, pull: number) =>
  world.journal
    .calls()
    .filter(({ route, path }) => route === REVIEW && path.includes(`/${name}/pulls/${pull}/`))

/** What an installation asked, and when. */
const asked = (installation: number) =>
  world.journal
    .calls()
    .filter(
      ({ caller }) => caller.kind === 'installation' && caller.installationId === installation,
    )

test('four reviews that are done at once are posted with pauses in between', async () => {
  const shops = []
  for (let index = 0; index < 4; index += 1) shops.push(await shop('crowd', `shop-${index}`))
  await Promise.all(shops.map(({ open }) => open()))
  const reviews = () =>
    world.journal.calls().filter(({ route, path }) => route === REVIEW && path.includes('/crowd/'))
  await eventually(() => reviews().length === 4, `four reviews\n${server.log()}`, 60_000)
  const at = reviews().map((call) => call.at)
  const between = at.slice(1).map((moment, index) => moment - (at[index] ?? 0))
  // The last look at the pull request, between the turn and the post, takes its time.
  expect(Math.min(...between)).toBeGreaterThan(PACE_MS - 1_000)
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(3 * PACE_MS - 1_000)
}, 90_000)

test('near the end of the hour a review that has begun is posted, and the next one waits', async () => {
  const [first, second] = [await shop('hourly', 'first'), await shop('hourly', 'shop-of-later')]
  const endsAt = Date.now() + 15_000
  world.leaveOfHour(first.installation, 400, endsAt - Date.now())
  const { number } = await first.open()
  await eventually(() => posted('first', number).length === 1, `it is posted\n${server.log()}`)
  expect(Date.now()).toBeLessThan(endsAt)
  const later = await second.open()
  await eventually(
    () => posted('shop-of-later', later.number).length === 1,
    'the next hour',
    60_000,
  )
  const calls = asked(second.installation.id).filter(({ path, body }) =>
    `${path} ${JSON.stringify(body)}`.includes('shop-of-later'),
  )
  expect(Math.min(...calls.map(({ at }) => at))).toBeGreaterThanOrEqual(endsAt)
}, 90_000)

test('at the end of the hour nothing is asked before it is over', async () => {
  const { installation, open } = await shop('spent', 'shop')
  const endsAt = Date.now() + 6_000
  world.leaveOfHour(installation, 0, endsAt - Date.now())
  const { number } = await open()
  await eventually(
    () => posted('shop', number).length === 1,
    `it is posted\n${server.log()}`,
    60_000,
  )
  const early = asked(installation.id).filter(({ at }) => at < endsAt)
  expect(early.length).toBeLessThanOrEqual(2)
  expect(new Set(early.map(({ status }) => status))).toEqual(new Set([403]))
}, 90_000)

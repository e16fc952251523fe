import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOperations } from '#wiring/operations'
import {
  createDataDir,
  eventually,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

let world: GitHubWorld
let server: ServerProcess
// On an empty folder, as the first time: the server makes its database itself.
const dataDir = createDataDir()
beforeAll(async () => {
  world = await createGitHubWorld()
  server = await startServer(world, { dataDir, env: { TECH_LEAD_DRY_RUN: 'true' } })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await world?.stop()
})

test('a dry run reviews, writes nothing to GitHub and mints no token that could', async () => {
  const shop = await world.createRepository({
    owner: 'acme',
    name: 'shop',
    private: true,
    files: SHOP_FILES,
    roles: { dev: 'write' },
  })
  await world.push(shop, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
  const pull = await world.openPullRequest({
    repository: shop,
    head: 'pay',
    title: 'Take payments',
    author: 'dev',
  })
  await eventually(
    () => /"findings":2[^\n]*"msg":"review published"/.test(server.log()),
    `the review\n${server.log()}`,
  )
  const seen = await world.conversation(shop, pull)
  expect([seen.checks, seen.reviews, seen.comments, seen.threads]).toEqual([[], [], [], []])
  expect(seen.defaultBranch).toHaveLength(1)
  const minted = world.journal.requests('POST /app/installations/{installation_id}/access_tokens')
  expect(minted.length).toBeGreaterThan(0)
  expect(JSON.stringify(minted.map((one) => one.body))).not.toContain('write')
})

test('what a dry run would have posted can be read, comment by comment', async () => {
  const of = { owner: 'acme', name: 'shop', pull: 1 }
  const page = (await createOperations({ DATA_DIR: dataDir }).plan(of)) ?? ''
  expect(page).toMatch(/^Pull request {2}acme\/shop#1\n/)
  expect(page).toMatch(/^Check {9}\w+: Reviewed, 2 findings/m)
  expect(page.match(/^Comment at \S+:\d+(?:-\d+)?$/gm)).toHaveLength(2)
  expect(page).toMatch(/^Summary comment, new\n {2}\S/m)
  expect(page).not.toContain('<!-- tech-lead')
  expect(await createOperations({ DATA_DIR: dataDir }).plan({ ...of, pull: 2 })).toBeNull()
})

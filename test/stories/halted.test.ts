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
const dataDir = createDataDir()
const operations = createOperations({ DATA_DIR: dataDir })
beforeAll(async () => {
  world = await createGitHubWorld()
  server = await startServer(world, { dataDir })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await world?.stop()
})

const logged = (of: RegExp) => () => of.test(server.log())
const metric = async (name: string) => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return text.split('\n').find((line) => line.startsWith(`${name} `))
}

test('a halt in the middle of a review writes nothing more; resumed, it is posted once', async () => {
  const shop = await world.createRepository({
    owner: 'acme',
    name: 'shop',
    private: true,
    files: SHOP_FILES,
    roles: { dev: 'write' },
  })
  await world.push(shop, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
  // The check is open and the review begun: from here on nothing may be written.
  const files = 'GET /repos/{owner}/{repo}/compare/{basehead}'
  world.fault(files, { kind: 'slow', ms: 3_000 }, 1)
  const order = { repository: shop, head: 'pay', title: 'Take payments', author: 'dev' }
  const pull = await world.openPullRequest(order)
  await eventually(() => world.journal.requests(files).length > 0, 'the review begins')
  await operations.halt('acme/shop')
  await eventually(
    logged(
      /"result":"wait","because":"The operator has halted acme\/shop\."[^\n]*"msg":"job tried"/,
    ),
    `the review waits\n${server.log()}`,
  )
  const halted = await world.conversation(shop, pull)
  expect([halted.reviews, halted.comments, halted.threads]).toEqual([[], [], []])
  expect(await metric('tech_lead_halted_scopes')).toBe('tech_lead_halted_scopes 1')
  expect(await operations.halted()).toEqual(['acme/shop'])

  expect(await operations.resume('acme/shop')).toBe(true)
  await eventually(logged(/"msg":"review published"/), `the review\n${server.log()}`)
  await eventually(logged(/"result":"done"[^\n]*"msg":"job tried"/), 'the job is done')
  const seen = await world.conversation(shop, pull)
  expect([seen.checks.length, seen.reviews.length]).toEqual([1, 1])
  expect(world.violations).toEqual([])
}, 120_000)

test('the metrics say what happened, to the number', async () => {
  expect(await metric('tech_lead_jobs_total{kind="review",result="done"}')).toMatch(/ 1$/)
  expect(await metric('tech_lead_queue_jobs{queue="review",state="dead"}')).toMatch(/ 0$/)
  expect(await metric('tech_lead_dispatched_total{result="job"}')).toMatch(/ \d+$/)
  expect(await metric('tech_lead_store_up')).toBe('tech_lead_store_up 1')
  expect(await metric('tech_lead_github_requests_total{status="2xx"}')).toMatch(/ [1-9]\d+$/)
})

test('every line about work carries the GUID of its delivery, and no line a secret', () => {
  const lines = server.log().trim().split('\n')
  const about = lines.filter((line) =>
    /"msg":"(job tried|job queued|review \w+|files \w+)"/.test(line),
  )
  expect(about.length).toBeGreaterThan(3)
  for (const line of about) {
    expect(line).toMatch(/"delivery":"[0-9a-f]{8}-[0-9a-f-]{27}"/)
  }
  expect(server.log()).not.toContain(WEBHOOK_SECRET)
  expect(server.log()).not.toMatch(/ghs_|BEGIN [A-Z ]*PRIVATE KEY/)
})

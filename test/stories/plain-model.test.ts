import { afterAll, beforeAll, expect, test } from 'vitest'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import {
  eventually,
  removedAtExit,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'
import { status } from '../world/model/turns.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

let world: GitHubWorld
let local: ModelWorld
let hosted: ModelWorld
let server: ServerProcess
beforeAll(async () => {
  world = await createGitHubWorld()
  hosted = await createModelWorld({ script: () => status(401, 'authentication_error') })
  local = await createModelWorld({ script: scriptedReviewer, plain: true, apiKey: 'none-needed' })
  const dataDir = await removedAtExit(usedDataDir())
  const env = {
    ANTHROPIC_API_KEY: hosted.apiKey,
    ANTHROPIC_BASE_URL: hosted.baseUrl,
    TECH_LEAD_FALLBACKS: `local-70b@${local.baseUrl}`,
    TECH_LEAD_FALLBACK_API_KEY: local.apiKey,
  }
  server = await startServer(world, { dataDir, env })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await Promise.all([local?.close(), hosted?.close(), world?.stop()])
}, 60_000)

test('a plain server takes over where the first refuses the account, and reviews to the end', async () => {
  const shop = await world.createRepository({
    ...{ owner: 'acme', name: 'shop', private: true, files: SHOP_FILES, roles: { dev: 'write' } },
  })
  const refund = FLAWED['src/charge.ts']?.replace('{\n', '{\n  console.log(order.apiKey)\n') ?? ''
  await world.push(shop, 'pay', {
    ...{ author: 'dev', message: 'Take payments', files: { ...FLAWED, 'src/charge.ts': refund } },
  })
  const pull = await world.openPullRequest({
    ...{ repository: shop, head: 'pay', title: 'Take payments', author: 'dev' },
  })
  let seen = await world.conversation(shop, pull)
  await eventually(
    () => seen.checks.some((check) => check.status === 'completed'),
    `a completed check\n${server.log()}`,
    45_000,
    async () => {
      seen = await world.conversation(shop, pull)
    },
  )
  expect(seen.checks.map(({ conclusion, title }) => [conclusion, title])).toEqual([
    ['success', 'Reviewed, 3 findings'],
  ])
  expect(seen.comments[0]?.body).toContain('integrations-tech-lead with local-70b')
  expect(seen.comments[0]?.body).toContain('| `src/charge.ts` | reviewed |')
  // The first request to each taught what it is; the key of one was never shown to the other.
  expect(hosted.journal).toHaveLength(1)
  const refused = local.journal.filter(({ turn }) => turn.kind === 'status')
  expect(refused).toHaveLength(1)
  expect([hosted.violations, local.violations, world.violations]).toEqual([[], [], []])
}, 60_000)

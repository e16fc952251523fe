import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, WEBHOOK_SECRET } from '../support/server-process.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'
import { createShop, ownChecks, settled } from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

let stage: Stage
let model: ModelWorld
beforeAll(async () => {
  model = await createModelWorld({ script: scriptedReviewer })
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  stage = await createStage(await embeddedHome(), env)
  await stage.machine.start()
})
afterAll(async () => {
  await stage?.close()
  await model?.close()
})

/** The same order in every run, and not the one in which things happened. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, index) => ({ item, place: (index * 7 + 3) % items.length }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

test('twenty pushes whose events arrive in another order give one review, of the last head', async () => {
  const { world, machine } = stage
  const { webhooks } = world
  const receiver = { url: machine.webhookUrl, secret: WEBHOOK_SECRET }
  webhooks.sendTo(null)
  const repository = await createShop(world, 'storm')
  const order = { repository, head: 'feature', title: 'Charge', author: 'dev' }
  const pull = await world.openPullRequest(order)
  for (let push = 1; push <= 20; push += 1) {
    const files = { 'docs/pushes.md': `${push}\n` }
    await world.push(repository, 'feature', { author: 'dev', message: `push ${push}`, files })
  }
  const events = webhooks.log.filter(({ event }) => event === 'pull_request')
  expect(events.map(({ action }) => action)).toStrictEqual([
    'opened',
    ...Array.from({ length: 20 }, () => 'synchronize'),
  ])
  webhooks.sendTo(receiver)
  // Slow enough that most events find a review of the last head under way.
  world.fault('POST /repos/{owner}/{repo}/check-runs', { kind: 'slow', ms: 1_500 }, 50)
  for (const delivery of shuffled(events)) {
    await webhooks.deliver(delivery, receiver)
    await new Promise((resolve) => setTimeout(resolve, 80))
  }
  const one = { repository, pull }
  await settled(world, one)
  const seen = await world.conversation(repository, pull)
  expect(seen.reviews.map(({ commit }) => commit)).toStrictEqual([pull.head.sha])
  expect(seen.comments).toHaveLength(1)
  expect(ownChecks(world, one).map(({ headSha, status }) => [headSha, status])).toStrictEqual([
    [pull.head.sha, 'completed'],
  ])
  const conversations = model.journal.filter(({ request }) => request?.messages.length === 1)
  expect(conversations.length).toBeLessThanOrEqual(2)
  expect([...world.violations, ...model.violations]).toStrictEqual([])
})

test('a late event of an older head does not disturb the review of the newest', async () => {
  const { world, machine } = stage
  const { webhooks } = world
  const receiver = { url: machine.webhookUrl, secret: WEBHOOK_SECRET }
  webhooks.sendTo(null)
  const repository = await createShop(world, 'late')
  const order = { repository, head: 'feature', title: 'Charge', author: 'dev' }
  const pull = await world.openPullRequest(order)
  const opened = webhooks.log.find(
    ({ event, repositoryId }) => event === 'pull_request' && repositoryId === repository.id,
  )
  if (opened === undefined) throw new Error('no event was sent')
  webhooks.sendTo(receiver)
  model.interrupt({ kind: 'hang' })
  const before = model.journal.length
  await world.push(repository, 'feature', { author: 'dev', files: { 'docs/a.md': 'a\n' } })
  await eventually(() => model.journal.length > before, 'the model is asked')
  await webhooks.deliver(opened, receiver)
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  expect(model.journal).toHaveLength(before + 1)
  const last = await world.push(repository, 'feature', {
    author: 'dev',
    files: { 'docs/b.md': 'b\n' },
  })
  await settled(world, { repository, pull })
  const seen = await world.conversation(repository, pull)
  expect(seen.reviews.map(({ commit }) => commit)).toStrictEqual([last])
  expect(
    ownChecks(world, { repository, pull }).map(({ status, conclusion }) => [status, conclusion]),
  ).toStrictEqual([
    ['completed', 'cancelled'],
    ['completed', 'success'],
  ])
})

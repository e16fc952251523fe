import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { verify } from '@octokit/webhooks-methods'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { appClient } from './client.ts'
import { numbered, stage } from './stage.ts'
import type { Delivery } from './webhooks.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'

type Received = { headers: IncomingHttpHeaders; body: string }

let world: GitHubWorld
let receiver: Server
let url: string
let received: Received[] = []
let answer = 200

beforeAll(async () => {
  world = await createGitHubWorld()
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    if (answer !== 0) response.writeHead(answer).end('seen')
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/hook` : ''
})
afterEach(() => {
  world.webhooks.sendTo(null)
  world.webhooks.setTimeLimit(10_000)
  received = []
  answer = 200
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await world.stop()
})

function last(event: string, action: string): Delivery {
  const found = world.webhooks.log.findLast(
    (each) => each.event === event && each.action === action,
  )
  if (found === undefined) throw new Error(`no ${event}.${action} was recorded`)
  return found
}

const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
)

function example(event: string, action: string): Record<string, unknown> {
  const all = Examples.parse(examples).find((each) => each.name === event)?.examples ?? []
  const found = all.find((each) => each['action'] === action)
  if (found === undefined) throw new Error(`no example of ${event}.${action}`)
  return found
}

describe('payloads', () => {
  beforeAll(async () => {
    const on = await stage(world)
    await world.push(on.repository, 'feature', { files: { 'y.ts': 'y\n' } })
    world.comment(on.repository, 1, 'dev', 'hello')
    const comments = [{ path: 'src/new.ts', line: 1, side: 'RIGHT', body: 'x' }]
    await on.client.rest.pulls.createReview({ ...on.target, event: 'COMMENT', body: 'x', comments })
    const head = { name: 'c', head_sha: on.pull.head.sha }
    await on.client.rest.checks.create({ owner: on.target.owner, repo: on.target.repo, ...head })
  })

  test.each([
    ['pull_request', 'opened', ['pull_request', 'repository', 'sender']],
    ['pull_request', 'synchronize', []],
    ['issue_comment', 'created', ['issue', 'comment']],
    ['pull_request_review', 'submitted', ['review']],
    ['pull_request_review_comment', 'created', ['comment']],
    ['check_run', 'created', ['check_run']],
    ['check_suite', 'requested', ['check_suite']],
    ['installation', 'created', ['installation']],
  ])('%s.%s carries what the official example carries', (event, action, parts) => {
    const { payload } = last(event, action)
    const official = example(event, action)
    const missing = (ours: object, theirs: object): string[] =>
      Object.keys(theirs).filter((key) => !(key in ours))
    // Only organisations and app installations have these two.
    expect(
      missing(payload, official).filter((key) => !['organization', 'installation'].includes(key)),
    ).toEqual([])
    for (const part of parts) {
      const [ours, theirs] = [payload[part] as object, official[part] as object]
      // Fields of the examples that GitHub no longer sends, or sends for other cases only.
      const retired = ['score', 'active_lock_reason', 'deployment']
      expect(missing(ours, theirs).filter((key) => !retired.includes(key))).toEqual([])
    }
  })

  test('every event of a repository names installation, repository and sender', async () => {
    const on = await stage(world)
    const { payload } = last('pull_request', 'opened')
    expect(payload).toMatchObject({
      number: 1,
      installation: { id: world.installationOf(on.repository).id },
      repository: {
        id: on.repository.id,
        full_name: `${on.repository.owner.login}/shop`,
        default_branch: 'main',
        private: true,
      },
      sender: { login: 'dev', type: 'User' },
    })
  })

  test('synchronize and retargeting tell before and after', async () => {
    const on = await stage(world)
    const before = on.pull.head.sha
    await world.push(on.repository, 'feature', { files: { 'y.ts': 'y\n' } })
    expect(last('pull_request', 'synchronize').payload).toMatchObject({
      before,
      after: on.pull.head.sha,
    })
    await world.push(on.repository, 'release', {
      files: { 'src/pay.ts': numbered({ 1: 'one\n' }) },
    })
    const from = on.pull.base.sha
    await world.retarget(on.repository, on.pull, 'release')
    expect(last('pull_request', 'edited').payload).toMatchObject({
      changes: { base: { ref: { from: 'main' }, sha: { from } } },
    })
  })

  test('a merge says merged, and pushes to the base branch', async () => {
    const on = await stage(world)
    const commit = await world.merge(on.repository, on.pull, 'maintainer')
    expect(last('pull_request', 'closed').payload['pull_request']).toMatchObject({
      merged: true,
      merge_commit_sha: commit,
      merged_by: { login: 'maintainer' },
    })
    const push = world.webhooks.log.findLast((each) => each.event === 'push')
    expect(push?.payload).toMatchObject({ ref: 'refs/heads/main', after: commit, forced: false })
  })

  test('a payload keeps what was true when the event happened', async () => {
    const on = await stage(world)
    const opened = last('pull_request', 'opened')
    await world.convertToDraft(on.repository, on.pull)
    expect(opened.payload['pull_request']).toMatchObject({ draft: false })
  })

  test('repositories that join or leave an installation are announced', async () => {
    const on = await stage(world)
    const installation = world.installationOf(on.repository)
    world.selectRepositories(installation, [])
    expect(last('installation_repositories', 'removed').payload).toMatchObject({
      repository_selection: 'selected',
      repositories_removed: [{ id: on.repository.id }],
    })
    const count = world.webhooks.log.length
    world.comment(on.repository, 1, 'dev', 'unheard')
    expect(world.webhooks.log).toHaveLength(count)
    world.selectRepositories(installation, null)
    expect(last('installation_repositories', 'added').payload).toMatchObject({
      repositories_added: [{ id: on.repository.id }],
    })
  })

  test('a suspended installation hears of nothing but its suspension', async () => {
    const on = await stage(world)
    world.suspend(world.installationOf(on.repository))
    const count = world.webhooks.log.length
    world.comment(on.repository, 1, 'dev', 'hello?')
    expect(world.webhooks.log).toHaveLength(count)
    expect(world.webhooks.log.at(-1)).toMatchObject({ event: 'installation', action: 'suspend' })
  })
})

describe('sending', () => {
  test('a delivery is signed over its bytes and dressed as GitHub does', async () => {
    await stage(world)
    const delivery = last('pull_request', 'opened')
    const result = await world.webhooks.deliver(delivery, { url, secret: SECRET })
    expect(result).toEqual({ status: 'OK', statusCode: 200 })
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(headers).toMatchObject({
      'x-github-delivery': delivery.guid,
      'x-github-event': 'pull_request',
      'content-type': 'application/json',
    })
    expect(headers['user-agent']).toMatch(/^GitHub-Hookshot\//)
    expect(Number(headers['x-github-hook-id'])).toBeGreaterThan(0)
    const signature = String(headers['x-hub-signature-256'])
    expect(await verify(SECRET, body, signature)).toBe(true)
    expect(await verify(SECRET, `${body} `, signature)).toBe(false)
  })

  test('a replay has another GUID and the same valid signature; a forgery has a bad one', async () => {
    await stage(world)
    const delivery = last('pull_request', 'opened')
    const to = { url, secret: SECRET }
    await world.webhooks.deliver(delivery, to)
    await world.webhooks.deliver(delivery, to, { guid: 'another' })
    await world.webhooks.deliver(delivery, to, { secret: 'wrong' })
    await world.webhooks.deliver(delivery, to, { unsigned: true })
    const [first, replay, forged, unsigned] = received.map((each) => each.headers)
    expect(replay?.['x-github-delivery']).toBe('another')
    expect(replay?.['x-hub-signature-256']).toBe(first?.['x-hub-signature-256'])
    expect(forged?.['x-hub-signature-256']).not.toBe(first?.['x-hub-signature-256'])
    expect(unsigned).not.toHaveProperty('x-hub-signature-256')
  })

  test('in automatic mode events go out as they happen and failures are recorded, not repeated', async () => {
    const on = await stage(world)
    world.sendTo(url, SECRET)
    answer = 503
    world.comment(on.repository, 1, 'dev', 'one')
    await world.webhooks.idle()
    expect(received).toHaveLength(1)
    expect(last('issue_comment', 'created')).toMatchObject({
      status: 'Invalid HTTP Response: 503',
      statusCode: 503,
    })
  })

  test('no answer in time and no server at all are failures with code 0', async () => {
    await stage(world)
    const delivery = last('pull_request', 'opened')
    answer = 0
    world.webhooks.setTimeLimit(50)
    const late = await world.webhooks.deliver(delivery, { url, secret: SECRET })
    expect(late).toEqual({ status: 'timed out', statusCode: 0 })
    const nobody = await world.webhooks.deliver(delivery, {
      url: 'http://127.0.0.1:1/',
      secret: SECRET,
    })
    expect(nobody).toEqual({ status: 'failed to connect to host', statusCode: 0 })
  })

  test('the app lists its deliveries by cursor and asks for one again under the same GUID', async () => {
    const on = await stage(world)
    world.sendTo(url, SECRET)
    const app = appClient(world)
    for (const body of ['one', 'two', 'three']) world.comment(on.repository, 1, 'dev', body)
    await world.webhooks.idle()
    const all = await app.paginate(app.rest.apps.listWebhookDeliveries, { per_page: 2 })
    expect(all.map((each) => each.id)).toEqual(
      world.webhooks.log.map((each) => each.id).toReversed(),
    )
    const [newest] = all
    if (newest === undefined) throw new Error('deliveries were recorded')
    const { status } = await app.rest.apps.redeliverWebhookDelivery({ delivery_id: newest.id })
    expect(status).toBe(202)
    await world.webhooks.idle()
    expect(world.webhooks.log.at(-1)).toMatchObject({
      guid: newest.guid,
      isRedelivery: true,
      status: 'OK',
    })
    expect(received.at(-1)?.headers['x-github-delivery']).toBe(newest.guid)
  })

  test('deliveries older than three days are gone', async () => {
    const own = await createGitHubWorld()
    await stage(own)
    own.advance(3 * 24 * 3_600_000 + 1000)
    expect((await appClient(own).rest.apps.listWebhookDeliveries()).data).toEqual([])
    await own.stop()
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHookDeliveries } from '#github/hook-deliveries'
import { readSelf } from '#github/self'
import { TOKENS } from '#github/tokens'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { appOf, ours, pace, problemFrom } from './reach.ts'

let world: GitHubWorld
let s: Stage
beforeAll(async () => {
  world = await createGitHubWorld()
  s = await stage(world)
})
afterEach(() => {
  world.faults.clear()
  world.journal.clear()
})
afterAll(() => world.stop())

describe('who we are', () => {
  test('is asked for by name, because the account has another id than the app', async () => {
    expect(await readSelf(appOf(world))).toEqual({ appId: world.app.id, botUserId: world.bot.id })
  })
  test('cannot be asked before the app is installed anywhere', async () => {
    const empty = await createGitHubWorld()
    try {
      expect(await problemFrom(readSelf(appOf(empty)))).toMatchObject({
        ...{ code: 'github.not-installed', kind: 'retry' },
      })
    } finally {
      await empty.stop()
    }
  })
})

describe('the record of deliveries', () => {
  const LIST = 'GET /app/hook/deliveries'
  const deliveries = () => createHookDeliveries(appOf(world).asApp)
  test('is read page by page, newest first, back to a moment', async () => {
    const start = world.now()
    for (let i = 0; i < 130; i += 1) world.comment(s.repository, s.pull.number, 'dev', `${i}`)
    await world.webhooks.idle()
    const found = await deliveries().since(start - 1_000)
    const comments = found.filter(({ event }) => event === 'issue_comment')
    expect([comments.length, new Set(comments.map(({ guid }) => guid)).size]).toEqual([130, 130])
    expect(world.journal.requests(LIST).length).toBeGreaterThan(1)
    expect(await deliveries().since(world.now() + 60_000)).toEqual([])
  })
  test('may have an empty page', async () => {
    world.fault(LIST, { kind: 'status', status: 200, body: [] })
    expect(await deliveries().since(0)).toEqual([])
  })
  test('is read again when an answer was lost', async () => {
    world.fault(LIST, { kind: 'status', status: 502 }, 2)
    expect((await deliveries().since(0)).length).toBeGreaterThan(0)
  })
  test('sends one again by its number, once', async () => {
    const [first] = await deliveries().since(0)
    const before = world.webhooks.log.length
    await deliveries().resend(first?.id ?? 0)
    expect(world.webhooks.log.length).toBe(before + 1)
  })
})

describe('a token', () => {
  const MINT = 'POST /app/installations/{installation_id}/access_tokens'
  test('is minted once for many calls, for one repository and no more than its permissions', async () => {
    const { reader } = ours(world, s.repository, s.pull.number)
    await Promise.all([reader.state(), reader.state()])
    await reader.state()
    const mints = world.journal.requests(MINT)
    expect(mints.length).toBeLessThanOrEqual(2)
    expect(mints[0]?.body).toEqual({
      repository_ids: [s.repository.id],
      permissions: { ...TOKENS.reader },
    })
  })
  test('that can write is not minted by opening a pull request, only for whoever will speak', async () => {
    const pull = ours(world, s.repository, s.pull.number)
    await pull.reader.opening()
    await pull.reader.ownReviews()
    const minted = () => world.journal.requests(MINT).map(({ body }) => JSON.stringify(body))
    expect(minted().filter((body) => body.includes('write'))).toEqual([])
    const writer = await pull.writer()
    await writer.createComment('now')
    expect(minted().filter((body) => body.includes('write'))).toHaveLength(1)
  })
  test('that only reads names no write permission, and only one changes files', () => {
    expect(Object.values(TOKENS.reader)).not.toContain('write')
    const writesFiles = Object.entries(TOKENS).filter(
      ([, permissions]) => 'contents' in permissions && permissions.contents === 'write',
    )
    expect(writesFiles.map(([name]) => name)).toEqual(['memory'])
  })
  test('of a suspended installation is refused quietly', async () => {
    const t = await stage(world)
    const pull = ours(world, t.repository, t.pull.number)
    world.suspend(world.installationOf(t.repository))
    expect(await problemFrom(pull.reader.opening())).toMatchObject({ kind: 'gone' })
    world.suspend(world.installationOf(t.repository), false)
  })
  test('of a removed installation is refused quietly', async () => {
    const t = await stage(world)
    const pull = ours(world, t.repository, t.pull.number)
    world.uninstall(world.installationOf(t.repository))
    expect(await problemFrom(pull.reader.opening())).toMatchObject({ kind: 'gone' })
  })
  test('whose permission was not granted is for a person to mend', async () => {
    const t = await stage(world)
    world.setInstallationPermissions(world.installationOf(t.repository), {
      ...{ metadata: 'read', contents: 'read', pull_requests: 'read', issues: 'read' },
    })
    const problem = await problemFrom(
      ours(world, t.repository, t.pull.number).status.ownChecks(t.pull.head.sha),
    )
    expect(problem).toMatchObject({
      ...{ code: 'github.forbidden', kind: 'told' },
      message: expect.stringContaining('checks: write'),
    })
  })
  test('whose permission was not granted is not asked for again and again, until it is', async () => {
    const t = await stage(world)
    const installation = world.installationOf(t.repository)
    const { permissions } = installation
    const { checks: _, ...others } = permissions
    world.setInstallationPermissions(installation, others)
    const missing: string[] = []
    const app = appOf(world, { ...pace(), missing: (_id, what) => void missing.push(what) })
    const client = app.client(installation.id, t.repository.id, 'checks')
    const ask = { owner: t.repository.owner.login, repo: t.repository.name, ref: 'main' }
    const list = () => client.read((octokit) => octokit.rest.checks.listForRef(ask))
    world.journal.clear()
    for (let asked = 0; asked < 3; asked += 1)
      expect(await problemFrom(list())).toMatchObject({ code: 'github.forbidden' })
    expect(world.journal.requests(MINT)).toHaveLength(1)
    expect(missing).toEqual(['checks: write'])
    world.setInstallationPermissions(installation, permissions)
    app.accepted(installation.id)
    expect((await list()).status).toBe(200)
  })
  test('is asked for again when minting met a lost answer', async () => {
    world.fault(MINT, { kind: 'status', status: 502 })
    expect((await ours(world, s.repository, s.pull.number).reader.state()).open).toBe(true)
  })
})

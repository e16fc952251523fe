import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAdminSocket } from '#server/admin-socket'
import { lockDataDir } from '#store/data-dir-lock'
import type { Check } from '#wiring/check'
import { checkNode } from '#wiring/check-machine'
import { examineInstallation } from '#wiring/doctor'
import { NO_HALTS } from '../support/no-halts.ts'
import { serverEnvironment } from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld, type WorldOptions } from '../world/github/world.ts'

const AS_REGISTERED: WorldOptions = {
  permissions: { merge_queues: 'read' },
  events: [
    'pull_request',
    'issue_comment',
    'pull_request_review_comment',
    'check_run',
    'check_suite',
    'merge_group',
    'push',
    'repository',
  ],
}

let dataDir = ''
const worlds: GitHubWorld[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tech-lead-doctor-'))
})
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()))
  rmSync(dataDir, { recursive: true, force: true })
})

type Found = Readonly<Record<string, Check>>

async function doctor(env: Record<string, string>): Promise<Found> {
  const checks = await examineInstallation(env)
  return Object.fromEntries(checks.map((check) => [check.id, check]))
}

async function register(options: WorldOptions = AS_REGISTERED) {
  const world = await createGitHubWorld(options)
  worlds.push(world)
  return { world, env: serverEnvironment(world, dataDir) }
}

describe('a server that is set up as it should be', () => {
  test('passes every check, and nothing is changed', async () => {
    const { world, env } = await register()
    const found = await doctor(env)
    expect(Object.entries(found).filter(([, { state }]) => state !== 'ok')).toEqual([])
    expect(Object.keys(found)).toEqual([
      'node',
      'git',
      'knowledge',
      'ast-grep',
      'environment',
      'data folder',
      'store',
      'github',
      'permissions',
      'events',
      'clock',
      'model',
    ])
    expect(found['github']?.detail).toBe(
      `${world.apiUrl} knows this key as the app "${world.app.slug}"`,
    )
    expect(found['model']?.detail).toBe('rules only: no ANTHROPIC_API_KEY is set')
    expect(world.journal.writes()).toEqual([])
    expect(world.violations).toEqual([])
  })

  test('shows no secret, whatever is set', async () => {
    const { env } = await register()
    const secrets = {
      ANTHROPIC_API_KEY: 'a key of the model 4711',
      ANTHROPIC_BASE_URL: 'https://models.example.com/v1',
      TECH_LEAD_OPERATOR_TOKEN: 'a token of the operator',
      DATABASE_URL: 'postgres://lead:hunter22@127.0.0.1:1/jobs',
    }
    const found = await doctor({ ...env, ...secrets })
    expect(found['model']?.detail).toBe('ANTHROPIC_API_KEY is set, for models.example.com')
    expect(found['store']).toMatchObject({
      state: 'fails',
      detail: expect.stringContaining('Postgres at 127.0.0.1:1/jobs as lead cannot be reached'),
    })
    const text = JSON.stringify(found)
    for (const value of [...Object.values(secrets), 'hunter22', env['WEBHOOK_SECRET'], 'BEGIN'])
      if (!value?.startsWith('https:')) expect(text).not.toContain(value)
  })
})

describe('what is wrong is named with what to do', () => {
  test('every complaint about the environment at once; what needs it is skipped', async () => {
    const found = await doctor({ PATH: process.env['PATH'] ?? '', PORT: 'x', DATA_DIR: dataDir })
    expect(found['environment']?.state).toBe('fails')
    expect(found['environment']?.detail.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'APP_ID',
      'WEBHOOK_SECRET',
      'PORT',
      'PRIVATE_KEY',
    ])
    expect(found['github']?.state).toBe('skipped')
    expect(found['data folder']?.state).toBe('ok')
  })

  test('permissions and events that the app lacks', async () => {
    const { env } = await register({ permissions: { contents: 'read' }, events: ['push'] })
    const found = await doctor(env)
    expect(found['permissions']).toMatchObject({
      state: 'fails',
      detail: 'the app may not: contents: write, merge_queues: read',
    })
    expect(found['events']).toMatchObject({
      state: 'fails',
      detail:
        'the app is not told about: pull_request, issue_comment, pull_request_review_comment, check_run, check_suite, merge_group, repository',
    })
  })

  test('permissions that nobody uses are a warning', async () => {
    const { env } = await register({
      ...AS_REGISTERED,
      permissions: { merge_queues: 'read', secrets: 'read' },
    })
    expect((await doctor(env))['permissions']).toMatchObject({
      state: 'warns',
      detail: 'the app may more than it uses: secrets: read',
    })
  })

  test("another app's key", async () => {
    const { env } = await register()
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const found = await doctor({ ...env, PRIVATE_KEY: pem })
    expect(found['github']).toMatchObject({
      state: 'fails',
      hint: expect.stringContaining('APP_ID and PRIVATE_KEY'),
    })
    expect(found['clock']?.state).toBe('ok')
  })

  test.each([
    [20_000, 'ok', 'agrees with GitHub'],
    [-45_000, 'warns', /^4[4-6] s ahead of GitHub/],
    [700_000, 'fails', /^(699|700|701) s behind GitHub/],
  ])('a clock that is %i ms off', async (ms, state, detail) => {
    const { world, env } = await register()
    world.advance(ms)
    const { clock } = await doctor(env)
    expect(clock?.state).toBe(state)
    expect(clock?.detail).toMatch(detail)
  })

  test('a GitHub that does not answer', async () => {
    const { world, env } = await register()
    await world.stop()
    worlds.length = 0
    const found = await doctor(env)
    expect(found['github']).toMatchObject({
      state: 'fails',
      detail: 'GitHub did not answer',
      hint: `see that this machine can reach ${world.apiUrl}`,
    })
    expect(found['clock']?.state).toBe('skipped')
  }, 30_000)

  test('no git on the PATH is a warning: the server does without', async () => {
    const found = await doctor({ DATA_DIR: dataDir })
    const path = process.env['PATH']
    process.env['PATH'] = dataDir
    try {
      expect((await doctor({ DATA_DIR: dataDir }))['git']?.state).toBe('warns')
    } finally {
      process.env['PATH'] = path
    }
    expect(found['git']?.detail).toMatch(/^\d+\.\d+/)
  })

  test('a model that its provider will end, wherever it is named', async () => {
    const { env } = await register()
    const found = await doctor({
      ...{ ...env, ANTHROPIC_API_KEY: 'a key of the model 4711' },
      ...{ TECH_LEAD_MODEL: 'opus', TECH_LEAD_FALLBACKS: 'claude-sonnet-4-5' },
    })
    expect(found['model']).toMatchObject({
      state: 'warns',
      detail:
        'ANTHROPIC_API_KEY is set, for api.anthropic.com\nthe provider ends claude-sonnet-4-5 on 2026-11-30',
      hint: expect.stringContaining('TECH_LEAD_MODEL'),
    })
  })

  test.each([
    ['20.19.0', 'fails'],
    ['22.17.1', 'fails'],
    ['22.18.0', 'ok'],
    ['24.21.0', 'ok'],
  ])('Node %s: %s', (version, state) => {
    expect(checkNode(version).state).toBe(state)
  })
})

describe('the data folder', () => {
  test('may be held by a server that runs, whose socket answers for the store', async () => {
    const lock = lockDataDir(dataDir)
    writeFileSync(join(dataDir, 'server.pid'), '4711\n')
    const socket = await openAdminSocket(dataDir, {
      list: async () => [],
      show: async () => null,
      replay: async () => false,
      discard: async () => false,
      ...NO_HALTS,
    })
    const found = await doctor({ DATA_DIR: dataDir })
    expect(found['data folder']).toMatchObject({
      state: 'ok',
      detail: `${dataDir}, held by the server with process id 4711`,
    })
    expect(found['store']?.detail).toBe('embedded; the running server answers')
    socket.close()
    lock.release()
  })

  test('is not made by looking', async () => {
    const absent = join(dataDir, 'a', 'b')
    const found = await doctor({ DATA_DIR: absent })
    expect(found['data folder']?.detail).toBe(`${absent} will be made at the first start`)
    expect(() => mkdirSync(join(dataDir, 'a'))).not.toThrow()
  })

  test('that is a file cannot be used', async () => {
    const file = join(dataDir, 'file')
    writeFileSync(file, '')
    expect((await doctor({ DATA_DIR: join(file, 'data') }))['data folder']?.state).toBe('fails')
    expect((await doctor({ DATA_DIR: file }))['data folder']?.state).toBe('fails')
  })
})

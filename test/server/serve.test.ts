import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AdminJob } from '#server/admin'
import { adminSocketPath } from '#server/admin-socket'
import { createMetrics } from '#server/metrics'
import { type ServeOptions, serve } from '#server/serve'
import { stopOnSignals } from '#server/stop-signals'
import { readEnvironment } from '#wiring/environment'
import { createLog } from '#wiring/log'
import { NO_HALTS } from '../support/no-halts.ts'
import { fakeDeliveries, fakeInbox, fakeJobs, GUID, SECRET, send, signed } from './loopback.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const BODY = JSON.stringify({
  action: 'opened',
  installation: { id: 3 },
  repository: { id: 10, name: 'shop', owner: { login: 'acme' }, private: true },
  pull_request: { number: 42, head: { sha: 'abc' }, user: { id: 7 } },
})
const JOB: AdminJob = {
  id: 'j1',
  kind: 'review',
  state: 'dead',
  installation: 3,
  repository: 'acme/shop',
  pull: 42,
  attempts: 5,
  createdAt: '2026-11-22T10:00:00.000Z',
  because: 'boom',
}

let dataDir = ''
const running: (() => Promise<unknown>)[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'serve-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()))
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(change: Partial<ServeOptions> = {}, env: Record<string, string> = {}) {
  const environment = readEnvironment({
    APP_ID: '500',
    PRIVATE_KEY: PEM,
    WEBHOOK_SECRET: SECRET,
    DATA_DIR: dataDir,
    PORT: '0',
    TECH_LEAD_DRAIN_MS: '2000',
    ...env,
  })
  if (!environment.ok) {
    throw new Error('the environment of the test is wrong')
  }
  const inbox = fakeInbox()
  const { jobs, put } = fakeJobs()
  const { deliveries, outcomes, add } = fakeDeliveries()
  const lines: string[] = []
  const log = createLog({
    level: 'info',
    format: 'json',
    secrets: environment.value.secrets,
    write: (line) => void lines.push(line),
  })
  const append = async (delivery: Parameters<typeof inbox.inbox.append>[0]) => {
    const result = await inbox.inbox.append(delivery)
    if (result === 'stored') {
      add({ ...delivery, body: delivery.body.toString() })
    }
    return result
  }
  const serving = await serve({
    metrics: createMetrics(),
    environment: environment.value,
    intake: {
      inbox: { append },
      deliveries,
      jobs,
      self: async () => ({ appId: 500, botUserId: 600 }),
    },
    admin: {
      list: async ({ state }) => (state === null || state === JOB.state ? [JOB] : []),
      show: async (id) => (id === JOB.id ? JOB : null),
      replay: async (id) => id === JOB.id,
      discard: async (id) => id === JOB.id,
      ...NO_HALTS,
    },
    readiness: async () => [],
    about: [],
    log,
    ...change,
  })
  running.push(() => serving.drain())
  return { ...serving, put, outcomes, lines, rows: inbox.rows }
}

async function deliver(port: number) {
  return send(port, { headers: await signed(BODY), body: BODY })
}

test('a signed delivery becomes a job through Probot', async () => {
  const { port, put, outcomes } = await start()
  expect((await deliver(port)).status).toBe(202)
  await vi.waitFor(() => expect(outcomes).toEqual([`settled ${GUID}: job: review`]))
  expect(put).toEqual([
    {
      version: 1,
      kind: 'review',
      installation: 3,
      repository: { id: 10, owner: 'acme', name: 'shop', private: true },
      delivery: GUID,
      pull: 42,
      head: 'abc',
      trigger: { kind: 'automatic', action: 'opened' },
    },
  ])
})

test('while the app does not know its own account, deliveries wait unharmed', async () => {
  const { deliveries, outcomes, add, state } = fakeDeliveries()
  const { jobs, put } = fakeJobs()
  const { lines } = await start({
    intake: {
      inbox: fakeInbox().inbox,
      deliveries,
      jobs,
      self: () => Promise.reject(new Error('GitHub is unreachable')),
    },
  })
  add({ body: BODY })
  await vi.waitFor(() => expect(lines.join('')).toContain('GitHub is unreachable'))
  expect([put, outcomes, state.taken]).toEqual([[], [], 0])
})

test('a process without intake takes no deliveries but is alive', async () => {
  const { port } = await start({ intake: null })
  expect((await deliver(port)).status).toBe(404)
  expect((await send(port, { method: 'GET', path: '/healthz' })).status).toBe(200)
})

test('an address that is taken is one line that says what to do', async () => {
  const { port } = await start()
  await expect(start({}, { PORT: String(port) })).rejects.toMatchObject({
    code: 'server.address',
    message: `Cannot listen on 127.0.0.1:${port}: another process listens on it. Stop that one, or set PORT.`,
  })
})

test('the pid file names this process and goes with it', async () => {
  const { drain } = await start()
  const path = join(dataDir, 'server.pid')
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n`)
  await drain()
  expect(existsSync(path)).toBe(false)
})

test('the pid file of another server is left alone', async () => {
  const { drain } = await start()
  const path = join(dataDir, 'server.pid')
  writeFileSync(path, '1\n')
  await drain()
  expect(readFileSync(path, 'utf8')).toBe('1\n')
})

describe('draining', () => {
  test('refuses deliveries and fails readiness while the workers finish, then closes', async () => {
    const workers = Promise.withResolvers<void>()
    const { port, drain, rows } = await start({ beforeClose: () => workers.promise })
    const drained = drain()
    expect((await deliver(port)).status).toBe(503)
    expect((await send(port, { method: 'GET', path: '/readyz' })).status).toBe(503)
    expect((await send(port, { method: 'GET', path: '/healthz' })).status).toBe(200)
    workers.resolve()
    expect(await drained).toBe(true)
    await expect(deliver(port)).rejects.toThrow()
    expect(rows.size).toBe(0)
  })

  test('lets a delivery that is being stored be acknowledged', async () => {
    const stored = Promise.withResolvers<'stored'>()
    const asked = Promise.withResolvers<void>()
    const { port, drain } = await start({
      intake: {
        inbox: {
          append: () => {
            asked.resolve()
            return stored.promise
          },
        },
        deliveries: fakeDeliveries().deliveries,
        jobs: fakeJobs().jobs,
        self: async () => ({ appId: 500, botUserId: 600 }),
      },
    })
    const reply = deliver(port)
    await asked.promise
    const drained = drain()
    stored.resolve('stored')
    expect((await reply).status).toBe(202)
    expect(await drained).toBe(true)
  })

  test('closes what lies behind only after the delivery in hand was stored', async () => {
    const order: string[] = []
    const asked = Promise.withResolvers<void>()
    const { port, drain } = await start({
      intake: {
        inbox: {
          append: async () => {
            asked.resolve()
            await new Promise((resolve) => setTimeout(resolve, 100))
            order.push('stored')
            return 'stored'
          },
        },
        deliveries: fakeDeliveries().deliveries,
        jobs: fakeJobs().jobs,
        self: async () => ({ appId: 500, botUserId: 600 }),
      },
      beforeClose: async () => void order.push('store closed'),
    })
    const reply = deliver(port)
    await asked.promise
    expect(await drain()).toBe(true)
    expect((await reply).status).toBe(202)
    expect(order).toEqual(['stored', 'store closed'])
  })

  test('goes on when closing fails, and says so', async () => {
    const { drain, lines } = await start({ beforeClose: () => Promise.reject(new Error('stuck')) })
    expect(await drain()).toBe(false)
    expect(lines.join('')).toContain('stuck')
  })

  test('ends in time even when something hangs, and says so', async () => {
    const { drain, lines } = await start(
      { beforeClose: () => new Promise<void>(() => undefined) },
      { TECH_LEAD_DRAIN_MS: '100' },
    )
    const begun = performance.now()
    expect(await drain()).toBe(false)
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect(lines.join('')).toContain('cut short')
  })

  test('happens once however often it is asked for', async () => {
    const beforeClose = vi.fn(async () => undefined)
    const { drain } = await start({ beforeClose })
    expect(await Promise.all([drain(), drain()])).toEqual([true, true])
    expect(beforeClose).toHaveBeenCalledTimes(1)
  })
})

describe('the operator’s socket', () => {
  async function ask(method: string, path: string): Promise<{ status: number; body: unknown }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: unknown }>()
    const outgoing = request({ socketPath: adminSocketPath(dataDir), method, path, agent: false })
    outgoing.on('error', reject)
    outgoing.on('response', async (response) => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) {
        text += chunk
      }
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) })
    })
    outgoing.end()
    return promise
  }

  test('is for the account of the server alone', async () => {
    await start()
    expect(statSync(adminSocketPath(dataDir)).mode & 0o777).toBe(0o600)
  })

  test('lists, shows, replays and discards jobs', async () => {
    await start()
    expect(await ask('GET', '/jobs')).toEqual({ status: 200, body: { jobs: [JOB] } })
    expect(await ask('GET', '/jobs?state=queued')).toEqual({ status: 200, body: { jobs: [] } })
    expect((await ask('GET', '/jobs?limit=0')).status).toBe(400)
    expect(await ask('GET', '/jobs/j1')).toEqual({ status: 200, body: { job: JOB } })
    expect((await ask('GET', '/jobs/none')).status).toBe(404)
    expect(await ask('POST', '/jobs/j1/replay')).toEqual({ status: 200, body: { done: true } })
    expect((await ask('POST', '/jobs/none/replay')).status).toBe(409)
    expect(await ask('POST', '/jobs/j1/discard')).toEqual({ status: 200, body: { done: true } })
    expect((await ask('GET', '/anything')).status).toBe(404)
  })

  test('takes the place of one that a crash left behind', async () => {
    writeFileSync(adminSocketPath(dataDir), '')
    await start()
    expect((await ask('GET', '/jobs')).status).toBe(200)
  })

  test('whose path is too long is missed, not fatal', async () => {
    const { port, lines } = await start({}, { DATA_DIR: join(dataDir, 'd'.repeat(120)) })
    expect((await send(port, { method: 'GET', path: '/healthz' })).status).toBe(200)
    expect(lines.join('')).toContain('choose a shorter DATA_DIR')
  })
})

describe('signals', () => {
  function process() {
    const listeners = new Map<string, (signal: string) => void>()
    const exits: number[] = []
    return {
      exits,
      send: (signal: string) => listeners.get(signal)?.(signal),
      on: (signal: string, listener: (signal: string) => void) => listeners.set(signal, listener),
      exit: (code: number) => void exits.push(code),
    }
  }
  const log = createLog({ level: 'silent', format: 'json', secrets: [] })

  test('the first one drains and exits with 0 when everything was finished', async () => {
    const fake = process()
    stopOnSignals(async () => true, log, fake)
    fake.send('SIGTERM')
    await vi.waitFor(() => expect(fake.exits).toEqual([0]))
  })

  test('a drain that was cut short exits with 1', async () => {
    const fake = process()
    stopOnSignals(async () => false, log, fake)
    fake.send('SIGINT')
    await vi.waitFor(() => expect(fake.exits).toEqual([1]))
  })

  test('the second one exits at once', () => {
    const fake = process()
    stopOnSignals(() => new Promise(() => undefined), log, fake)
    fake.send('SIGTERM')
    expect(fake.exits).toEqual([])
    fake.send('SIGINT')
    expect(fake.exits).toEqual([1])
  })
})

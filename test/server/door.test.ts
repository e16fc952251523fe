import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { jobFromEvent } from '#core/job/job-from-event'
import { createIntake } from '#server/intake'
import { QUIET } from '../flow/fake-pull.ts'
import { GUID, OLD_SECRET, openLoopback, PATH, SECRET, send, signed } from './loopback.ts'

const OPENED = '{"action":"opened","number":1}'
const MIB = 1024 * 1024
const PULL_REQUEST = {
  action: 'opened',
  installation: { id: 7 },
  sender: { id: 1, login: 'dev', type: 'User' },
  repository: { id: 3, name: 'shop', full_name: 'acme/shop', owner: { id: 2, login: 'acme' } },
  pull_request: { number: 4, state: 'open', title: 'Ssh.', head: { sha: 'a'.repeat(40) } },
}

/** Unlike `once`, this does not mind the error of writing to a connection that was cut. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()))
}

const opened: Awaited<ReturnType<typeof openLoopback>>[] = []
async function open(options?: Parameters<typeof openLoopback>[0]) {
  const loopback = await openLoopback(options)
  opened.push(loopback)
  return loopback
}
afterEach(() => {
  for (const { door } of opened.splice(0)) {
    door.server.close()
    door.server.closeAllConnections()
  }
})

describe('who may deliver', () => {
  test('a delivery signed with the secret is stored and accepted', async () => {
    const { port, rows } = await open()
    const reply = await send(port, { headers: await signed(OPENED), body: OPENED })
    expect(reply.status).toBe(202)
    expect([...rows.values()]).toMatchObject([
      { guid: GUID, event: 'pull_request', action: 'opened' },
    ])
  })

  test('of a delivery only what the app uses is stored, and it asks for the same job', async () => {
    const { port, rows } = await open()
    const payload = {
      ...PULL_REQUEST,
      pull_request: { ...PULL_REQUEST.pull_request, body: 'Ssh.' },
    }
    const body = JSON.stringify(payload)
    expect((await send(port, { headers: await signed(body), body })).status).toBe(202)
    const stored = rows.get(GUID)?.body ?? ''
    expect(stored).not.toContain('Ssh.')
    const job = (from: unknown) =>
      jobFromEvent(
        { delivery: GUID, event: 'pull_request', payload: from },
        { appId: 1, botUserId: 99 },
      )
    expect(job(JSON.parse(stored))).toEqual(job(payload))
    expect(job(payload).kind).toBe('job')
  })

  test('of the words of a pull request only their digest is stored, with the command', async () => {
    const { port, rows } = await open()
    const { pull_request: _, ...rest } = PULL_REQUEST
    const payload = {
      ...rest,
      action: 'created',
      issue: {
        ...{ number: 1, state: 'open', title: 'Psst.', body: 'Ssh.' },
        ...{ user: { id: 7, login: 'dev', type: 'User' }, pull_request: {} },
      },
      comment: { id: 5, body: '/tech-lead review', user: { id: 7, login: 'dev', type: 'User' } },
    }
    const body = JSON.stringify(payload)
    const headers = await signed(body, { event: 'issue_comment' })
    expect((await send(port, { headers, body })).status).toBe(202)
    const stored = rows.get(GUID)?.body ?? ''
    expect(stored).not.toMatch(/Psst|Ssh/)
    const job = (from: unknown) =>
      jobFromEvent(
        { delivery: GUID, event: 'issue_comment', payload: from },
        { appId: 1, botUserId: 99 },
      )
    expect(job(JSON.parse(stored))).toEqual(job(payload))
    expect(job(payload)).toHaveProperty(
      'job.trigger.announced',
      expect.stringMatching(/^[0-9a-f]{64}$/),
    )
  })

  test.each([
    ['signed with the word that Probot falls back to', OPENED, 'development'],
    ['signed with another secret', OPENED, 'another secret of thirty-two characters!'],
  ])('a delivery %s is refused and not stored', async (_, body, secret) => {
    const { port, state } = await open()
    const reply = await send(port, { headers: await signed(body, { secret }), body })
    expect(reply.status).toBe(401)
    expect(state.appended).toBe(0)
  })

  test('a body altered after signing is refused', async () => {
    const { port, state } = await open()
    const headers = await signed(OPENED)
    const reply = await send(port, { headers, body: OPENED.replace('1', '2') })
    expect(reply.status).toBe(401)
    expect(state.appended).toBe(0)
  })

  test('bytes that only decode to the signed text are refused', async () => {
    const { port, state } = await open()
    const text = '{"action":"opened","title":"\uFFFD"}'
    const forged = Buffer.concat([
      Buffer.from('{"action":"opened","title":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ])
    expect((await send(port, { headers: await signed(text), body: forged })).status).toBe(401)
    expect(state.appended).toBe(0)
  })

  test('a delivery that the secret before a change signed is taken, and nobody else’s is', async () => {
    const { port, state } = await open()
    const old = await signed(OPENED, { secret: OLD_SECRET })
    expect((await send(port, { headers: old, body: OPENED })).status).toBe(202)
    const stranger = await signed(OPENED, { secret: 'a secret that was never the one of the app' })
    expect((await send(port, { headers: stranger, body: OPENED })).status).toBe(401)
    expect(state.appended).toBe(1)
    const inbox = { append: async () => 'stored' as const }
    const intake = createIntake({ secrets: [SECRET], inbox, log: QUIET })
    const headers = {
      guid: GUID,
      event: 'pull_request',
      signature: old['x-hub-signature-256'] ?? '',
    }
    expect(await intake(headers, Buffer.from(OPENED))).toEqual({ status: 401, result: 'forged' })
  })

  test.each([
    ['without a signature', { 'x-hub-signature-256': '' }, 400],
    ['with a SHA-1 signature', { 'x-hub-signature-256': `sha1=${'0'.repeat(40)}` }, 400],
    ['with a wrong signature', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, 401],
    ['whose GUID is no GUID', { 'x-github-delivery': "1'; drop table inbox" }, 400],
    ['without an event', { 'x-github-event': '' }, 400],
    ['whose event is no name', { 'x-github-event': '../../etc' }, 400],
  ])('a delivery %s is refused', async (_, wrong, status) => {
    const { port, state } = await open()
    const headers = { ...(await signed(OPENED)), ...wrong }
    expect((await send(port, { headers, body: OPENED })).status).toBe(status)
    expect(state.appended).toBe(0)
  })

  test('an empty signed body is refused', async () => {
    const { port } = await open()
    const headers = await signed(' ')
    expect((await send(port, { headers, body: '' })).status).toBe(401)
  })

  test('a signed body that is no JSON object is refused', async () => {
    const { port, state } = await open()
    for (const body of [
      'hello',
      '[]',
      'null',
      '{"action":',
      '{"action":"opened","x":"\0"}',
      '{"action":"opened",',
    ]) {
      expect((await send(port, { headers: await signed(body), body })).status).toBe(400)
    }
    expect(state.appended).toBe(0)
  })
})

describe('odd but valid HTTP', () => {
  test('a form-encoded webhook is refused with the way to mend it', async () => {
    const lines: string[] = []
    const { port } = await open({ lines })
    const headers = {
      ...(await signed(OPENED)),
      'content-type': 'application/x-www-form-urlencoded',
    }
    const reply = await send(port, { headers, body: `payload=${encodeURIComponent(OPENED)}` })
    expect(reply.status).toBe(415)
    expect(reply.body).toContain('application/json')
    expect(lines.join('')).toContain('the content type must be application/json')
  })

  test('other methods than POST are refused by name', async () => {
    const { port } = await open()
    const reply = await send(port, { method: 'GET' })
    expect([reply.status, reply.headers.allow]).toEqual([405, 'POST'])
    expect((await send(port, { method: 'PUT', body: 'x' })).status).toBe(405)
  })

  test('a content type with a charset and a path with a query are taken', async () => {
    const { port } = await open()
    const headers = {
      ...(await signed(OPENED)),
      'content-type': 'application/json; charset=utf-8',
    }
    expect((await send(port, { path: `${PATH}?x=1`, headers, body: OPENED })).status).toBe(202)
  })

  test("Probot's pages and its setup do not exist", async () => {
    const { port } = await open()
    for (const path of ['/probot', '/probot/setup', '/probot/import', '/ping']) {
      expect((await send(port, { method: 'GET', path })).status).toBe(404)
      expect((await send(port, { method: 'POST', path, body: '{}' })).status).toBe(404)
    }
  })

  test('a client that waits for an invitation is answered before it sends too large a body', async () => {
    const { port } = await open()
    const headers = {
      ...(await signed(OPENED)),
      expect: '100-continue',
      'content-length': String(26 * MIB),
    }
    const socket = connect(port, '127.0.0.1')
    const text = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\n${text.join('')}\r\n`)
    const [first] = await once(socket, 'data')
    socket.destroy()
    expect(String(first)).toMatch(/^HTTP\/1\.1 413 /)
  })
})

describe('storing', () => {
  test('the same delivery ten times at once is stored once and each gets a 2xx', async () => {
    const { port, rows } = await open()
    const headers = await signed(OPENED)
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => send(port, { headers, body: OPENED })),
    )
    expect(replies.every(({ status }) => status === 202)).toBe(true)
    expect(replies.filter(({ body }) => body.includes('stored'))).toHaveLength(1)
    expect(rows.size).toBe(1)
  })

  test('a delivery that cannot be stored is a 503 and is taken when sent again', async () => {
    const { port, rows, state } = await open()
    const headers = await signed(OPENED)
    state.broken = true
    expect((await send(port, { headers, body: OPENED })).status).toBe(503)
    state.broken = false
    const again = await send(port, { headers, body: OPENED })
    expect([again.status, JSON.parse(again.body)]).toEqual([202, { result: 'stored' }])
    expect(rows.size).toBe(1)
  })

  test.each([
    ['check_suite', '{"action":"requested"}'],
    ['ping', '{"zen":"Keep it logically awesome."}'],
    ['pull_request', '{"action":"stacked"}'],
    ['an_event_of_the_future', '{}'],
    ['check_run', '{"check_run":{"action":"rerequested"},"action":"created"}'],
  ])('%s %s is answered and not stored', async (event, body) => {
    const { port, state } = await open()
    const reply = await send(port, { headers: await signed(body, { event }), body })
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { result: 'ignored' }])
    expect(state.appended).toBe(0)
  })

  test('the action is found wherever it stands', async () => {
    const { port, rows } = await open()
    const body = '{"number":1,"pull_request":{"action":"closed"},"action":"reopened"}'
    await send(port, { headers: await signed(body), body })
    expect(rows.get(GUID)?.action).toBe('reopened')
  })

  test('a process that is stopping takes nothing', async () => {
    const { port, state, draining } = await open()
    draining.now = true
    const reply = await send(port, { headers: await signed(OPENED), body: OPENED })
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '10'])
    expect(state.appended).toBe(0)
  })
})

describe('bodies that are too much', () => {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const chunks = (bytes: number) => Array.from({ length: bytes / chunk.length }, () => chunk)

  test.each([
    ['announced', { 'content-length': String(26 * MIB) }],
    ['chunked', { 'transfer-encoding': 'chunked' }],
  ])('26 MiB, %s, is a 413 within 40 MB of memory', async (_, how) => {
    const { port } = await open()
    const headers = { ...(await signed(OPENED)), ...how }
    const before = process.memoryUsage.rss()
    const reply = await send(port, { headers, body: chunks(26 * MIB) })
    expect(reply.status).toBe(413)
    expect(process.memoryUsage.rss() - before).toBeLessThan(40_000_000)
  })

  test('25 MiB exactly is taken', async () => {
    const { port, rows } = await open()
    const body = OPENED.padEnd(25 * MIB)
    expect((await send(port, { headers: await signed(body), body })).status).toBe(202)
    expect(rows.get(GUID)?.action).toBe('opened')
  })

  test('200 slow bodies of strangers hold bounded memory and do not delay a genuine delivery', async () => {
    const { port, rows } = await open()
    const before = process.memoryUsage.rss()
    const head = [
      `POST ${PATH} HTTP/1.1`,
      'host: x',
      'content-type: application/json',
      `x-github-event: push`,
      `x-github-delivery: ${randomUUID()}`,
      `x-hub-signature-256: sha256=${'0'.repeat(64)}`,
      `content-length: ${20 * MIB}`,
    ]
    const sockets = Array.from({ length: 200 }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      return socket
    })
    const trickle = setInterval(() => {
      for (const socket of sockets) {
        if (!socket.destroyed && socket.writableLength < MIB) {
          socket.write(chunk)
        }
      }
    }, 150)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const begun = performance.now()
    const body = OPENED.padEnd(5 * 1024)
    const reply = await send(port, { headers: await signed(body), body })
    const elapsed = performance.now() - begun
    const grown = process.memoryUsage.rss() - before
    const counted = await send(port, { method: 'GET', path: '/metrics' })
    clearInterval(trickle)
    for (const socket of sockets) {
      socket.destroy()
    }
    expect(reply.status).toBe(202)
    expect(rows.size).toBe(1)
    expect(counted.body).toContain('tech_lead_deliveries_total{result="shed"}')
    expect(elapsed).toBeLessThan(2_000)
    // 75 MiB of bodies, and what 200 connections hold on both sides of this one process.
    expect(grown).toBeLessThan(300_000_000)
  }, 20_000)

  test('headers that trickle in are cut off', async () => {
    const { port } = await open({ timeouts: { headersTimeout: 300, requestTimeout: 500 } })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(`POST ${PATH} HTTP/1.1\r\n`)
    const drip = setInterval(() => socket.write('x'), 100)
    await closed(socket)
    clearInterval(drip)
    expect(socket.destroyed).toBe(true)
  })

  test('a body that trickles in is cut off and not stored', async () => {
    const { port, state } = await open({ timeouts: { headersTimeout: 300, requestTimeout: 500 } })
    const headers = { ...(await signed(OPENED)), 'content-length': '1000' }
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const text = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\n${text.join('')}\r\n`)
    const drip = setInterval(() => socket.write(' '), 100)
    await closed(socket)
    clearInterval(drip)
    expect(state.appended).toBe(0)
  })
})

import { afterEach, expect, test } from 'vitest'
import { openLoopback, send } from './loopback.ts'

const TOKEN = 'operator-token-0123456789'
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

const get = (port: number, path: string, headers: Record<string, string> = {}) =>
  send(port, { method: 'GET', path, headers })

test('anybody may ask whether the process is alive and ready, and learns no detail', async () => {
  const { port } = await open({ host: '0.0.0.0' })
  expect((await get(port, '/healthz')).status).toBe(200)
  const reply = await get(port, '/readyz')
  expect([reply.status, JSON.parse(reply.body)]).toEqual([
    200,
    { ready: true, checks: { store: true } },
  ])
})

test('readiness fails with the store and while stopping, liveness does not', async () => {
  const { port, readiness, draining } = await open()
  readiness.ok = false
  expect((await get(port, '/readyz')).status).toBe(503)
  readiness.ok = true
  draining.now = true
  expect((await get(port, '/readyz')).status).toBe(503)
  expect((await get(port, '/healthz')).status).toBe(200)
})

test('on this machine the operator needs no token', async () => {
  const { port } = await open({ operatorToken: TOKEN })
  const metrics = await get(port, '/metrics')
  expect(metrics.status).toBe(200)
  expect(metrics.body).toContain('tech_lead_deliveries_total')
  expect((await get(port, '/')).status).toBe(200)
})

test.each([
  ['a name that was pointed at this machine', { host: 'evil.example' }],
  ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
])('a request through %s is not from this machine', async (_, headers) => {
  const { port } = await open({ operatorToken: TOKEN })
  expect((await get(port, '/metrics', headers)).status).toBe(404)
  expect((await get(port, '/', headers)).status).toBe(404)
})

test('a server open to other machines hides the operator pages without the token', async () => {
  const { port } = await open({ host: '0.0.0.0', operatorToken: TOKEN })
  for (const path of ['/', '/metrics']) {
    expect((await get(port, path)).status).toBe(404)
    expect((await get(port, path, { authorization: 'Bearer wrong' })).status).toBe(404)
    expect((await get(port, path, { authorization: `Basic ${TOKEN}` })).status).toBe(404)
    expect((await get(port, path, { authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  }
})

test('without a token configured nobody from elsewhere gets in', async () => {
  const { port } = await open({ host: '0.0.0.0', operatorToken: null })
  for (const authorization of ['Bearer null', 'Bearer ', 'Bearer undefined']) {
    expect((await get(port, '/metrics', { authorization })).status).toBe(404)
  }
})

test.each([
  ['no token is configured', null],
  ['a token is configured and none is given', TOKEN],
])(
  'on a public port there is no page of an operator, of Probot or of an API while %s',
  async (_, operatorToken) => {
    const { port } = await open({ host: '0.0.0.0', operatorToken })
    const guesses = [
      {},
      ...['admin:admin', 'probot:probot', ':'].map((pair) => ({
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
      })),
      ...['admin', 'development', 'token', 'changeme'].map((word) => ({
        authorization: `Bearer ${word}`,
      })),
    ]
    for (const path of [
      '/',
      '/probot',
      '/api',
      '/api/jobs',
      '/api/github',
      '/jobs',
      '/halts',
      '/plans/acme/shop/1',
    ]) {
      for (const headers of guesses) {
        const reply = await get(port, path, headers)
        expect([path, reply.status, reply.body]).toEqual([
          path,
          404,
          expect.stringMatching(/not found/i),
        ])
      }
      expect((await send(port, { method: 'POST', path, body: '{}' })).status).toBe(404)
    }
  },
)

test('the status page escapes what it shows and allows nothing to run', async () => {
  const { port } = await open()
  const reply = await get(port, '/')
  expect(reply.body).toContain('&lt;b&gt;rules&lt;/b&gt;')
  expect(reply.headers['content-security-policy']).toContain("default-src 'none'")
  expect(reply.headers['x-content-type-options']).toBe('nosniff')
  expect(reply.headers['x-frame-options']).toBe('SAMEORIGIN')
  expect(reply.headers['cache-control']).toBe('no-store')
})

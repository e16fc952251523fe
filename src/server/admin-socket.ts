import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Admin } from '#server/admin'

/** The kernel's limit for the path of a unix socket, in bytes: unix(7). */
const MAX_SOCKET_PATH = 107

const ListQuery = z.object({
  state: z
    .string()
    .regex(/^[a-z-]{1,30}$/)
    .nullable()
    .default(null),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
})

const ReconcileQuery = z.object({
  since: z.coerce.number().int().min(0),
  go: z.enum(['true', 'false']).transform((word) => word === 'true'),
})

const RepositoryWord = z.string().regex(/^[\w.-]{1,100}$/)
const PlanQuery = z.object({
  owner: RepositoryWord,
  name: RepositoryWord,
  pull: z.coerce.number().int().min(1).max(2_147_483_647),
})

/** Where the socket of a data folder is. */
export function adminSocketPath(dataDir: string): string {
  return join(dataDir, 'admin.sock')
}

/**
 * Opens the operator's socket: JSON over HTTP, for the account of the server alone. The caller
 * owns the data folder, so a socket that is already there was left by a crash.
 *
 * @throws Problem `admin.socket-path` when the path is too long for a socket
 */
export async function openAdminSocket(dataDir: string, admin: Admin): Promise<Server> {
  const path = adminSocketPath(dataDir)
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH) {
    throw new Problem(
      'admin.socket-path',
      'told',
      `the path of admin.sock is longer than ${MAX_SOCKET_PATH} bytes: choose a shorter DATA_DIR`,
    )
  }
  await rm(path, { force: true })
  const server = createServer(
    getRequestListener(adminRoutes(admin).fetch, { overrideGlobalObjects: false }),
  )
  // Bound within this call: nobody else can open it even before its mode is set.
  const before = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(before)
  }
  await once(server, 'listening')
  await chmod(path, 0o600)
  return server
}

function adminRoutes(admin: Admin): Hono {
  const routes = new Hono()
  routes.get('/jobs', async (context) => {
    const query = ListQuery.safeParse(context.req.query())
    return query.success
      ? context.json({ jobs: await admin.list(query.data) })
      : context.json({ error: 'state is a word, limit a number from 1 to 1000' }, 400)
  })
  routes.get('/jobs/:id', async (context) => {
    const job = await admin.show(context.req.param('id'))
    return job === null ? context.json({ error: 'no such job' }, 404) : context.json({ job })
  })
  routes.post('/jobs/:id/replay', async (context) =>
    (await admin.replay(context.req.param('id')))
      ? context.json({ done: true })
      : context.json({ error: 'no such job, or it cannot be run again' }, 409),
  )
  routes.post('/jobs/:id/discard', async (context) =>
    (await admin.discard(context.req.param('id')))
      ? context.json({ done: true })
      : context.json({ error: 'no such job, or it is already over' }, 409),
  )
  routes.get('/plans/:owner/:name/:pull', async (context) => {
    const of = PlanQuery.safeParse(context.req.param())
    if (!of.success) return context.json({ error: 'no such pull request' }, 400)
    const plan = await admin.plan(of.data)
    return plan === null ? context.json({ error: 'no plan is kept' }, 404) : context.json({ plan })
  })
  addHalts(routes, admin)
  routes.post('/reconcile', async (context) => {
    const query = ReconcileQuery.safeParse(context.req.query())
    return query.success
      ? context.json(await admin.reconcile(query.data))
      : context.json({ error: 'since is a moment in milliseconds, go is true or false' }, 400)
  })
  routes.notFound((context) => context.json({ error: 'not found' }, 404))
  routes.onError((error, context) =>
    context.json({ error: error instanceof Problem ? error.message : 'the store failed' }, 500),
  )
  return routes
}

const Scope = z.string().regex(/^[\w.-]{1,100}(?:\/[\w.-]{1,100})?$/)

function addHalts(routes: Hono, admin: Admin): void {
  const change = (verb: 'halt' | 'resume', refused: string) =>
    routes.post(`/halts/:scope/${verb}`, async (context) => {
      const scope = Scope.safeParse(context.req.param('scope'))
      if (!scope.success) return context.json({ error: 'no such scope' }, 400)
      const done = verb === 'resume' ? await admin.resume(scope.data) : await admin.halt(scope.data)
      return done === false ? context.json({ error: refused }, 409) : context.json({ done: true })
    })
  change('halt', '')
  change('resume', 'it is not halted')
  routes.get('/halts', async (context) => context.json({ halted: await admin.halted() }))
}

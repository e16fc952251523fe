import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem'
import type { Admin } from '#server/admin'
import { openAdminSocket } from '#server/admin-socket'
import { type Deliveries, type Dispatcher, startDispatcher } from '#server/dispatch'
import { createDoor, type Door } from '#server/door'
import type { HandlersDeps } from '#server/handlers'
import { createIntake, type Inbox, type Jobs } from '#server/intake'
import type { Metrics } from '#server/metrics'
import { createPages } from '#server/pages'
import { createProbotReceiver } from '#server/probot-receiver'
import type { Readiness } from '#server/readiness'
import type { Environment } from '#wiring/environment'
import type { ProcessLog } from '#wiring/log'

export interface ServeOptions {
  readonly environment: Environment
  /** Both ends of the inbox, and the queue; null in a process that takes no deliveries. */
  readonly intake: {
    readonly inbox: Inbox
    readonly deliveries: Deliveries
    readonly jobs: Jobs
    readonly self: HandlersDeps['self']
  } | null
  /** Null where the operator reaches the store without this process. */
  readonly admin: Admin | null
  readonly readiness: Readiness
  /** What the status page says, as name and value: version, store, reviewer. */
  readonly about: readonly (readonly [name: string, value: string])[]
  readonly metrics: Metrics
  readonly log: ProcessLog
  /**
   * What else has to stop once the deliveries in hand are stored, while new ones are refused: the
   * workers and the store.
   */
  readonly beforeClose?: () => Promise<void>
}

/** How long a body that is still arriving may hold up the stop, in milliseconds. */
const INTAKE_MS = 2_000

/** How long the last answers may take to arrive once the doors close, in milliseconds. */
const ANSWER_MS = 500

/** A running server. */
export interface Serving {
  readonly port: number
  /**
   * Stops in order: readiness fails and deliveries are refused, so that GitHub keeps them; the
   * deliveries and jobs in hand are finished; then the doors close. True when all that happened
   * within the allowed time; otherwise the rest is left to the leases. Repeatable.
   */
  drain(): Promise<boolean>
}

/**
 * Opens the doors of the server.
 *
 * @throws Problem `server.address` when it cannot listen on its address
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { environment, log } = options
  const { dataDir, listen } = environment
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const state = { draining: false }
  const door = openDoor(options, () => state.draining)
  const port = await listenOn(door.server, listen)
  const admin = await openAdmin(options)
  const dispatcher = await dispatch(options)
  await writeFile(pidPath(dataDir), `${process.pid}\n`)
  log.info({ host: listen.host, port, role: environment.role, pid: process.pid }, 'server ready')

  const finish = async () => {
    const intake = Promise.all([door.idle(), dispatcher?.stop()])
    await Promise.race([intake, sleep(INTAKE_MS, undefined, { ref: false })])
    // Last: it may close the store that the deliveries in hand are written to.
    return (options.beforeClose?.() ?? Promise.resolve()).then(
      () => true,
      (err: unknown) => {
        log.error({ err }, 'drain failed')
        return false
      },
    )
  }
  const stop = async () => {
    state.draining = true
    log.info({}, 'server draining')
    const late = new AbortController()
    const deadline = sleep(environment.drainMs, false, { signal: late.signal }).catch(() => false)
    const finished = await Promise.race([finish(), deadline])
    late.abort()
    await close(door.server)
    await (admin === null ? undefined : close(admin))
    await removePid(dataDir)
    log.info({ result: finished ? 'finished' : 'cut short' }, 'server stopped')
    return finished
  }
  let stopped: Promise<boolean> | null = null
  return {
    port,
    drain() {
      stopped ??= stop()
      return stopped
    },
  }
}

function secretsOf({ webhook: { secret, oldSecret } }: Environment): readonly string[] {
  return oldSecret === null ? [secret] : [secret, oldSecret]
}

function openDoor(options: ServeOptions, draining: () => boolean): Door {
  const { environment, log, intake, readiness, about, metrics } = options
  return createDoor({
    webhookPath: environment.webhook.path,
    intake:
      intake === null
        ? null
        : createIntake({ secrets: secretsOf(environment), inbox: intake.inbox, log }),
    pages: createPages({
      access: { host: environment.listen.host, operatorToken: environment.operatorToken },
      readiness,
      draining,
      metrics,
      about,
    }),
    metrics,
    log,
    draining,
  })
}

async function listenOn(server: Server, { host, port }: Environment['listen']): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw cannotListen(`${host}:${port}`, cause)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function cannotListen(address: string, cause: NodeJS.ErrnoException): Problem {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another process listens on it. Stop that one, or set PORT',
    EACCES: 'this user may not. Set PORT to 1024 or more',
    EADDRNOTAVAIL: 'this machine has no such address. Set HOST',
    ENOTFOUND: 'this machine has no such address. Set HOST',
  }
  const reason = reasons[cause.code ?? ''] ?? cause.message
  return new Problem('server.address', 'told', `Cannot listen on ${address}: ${reason}.`, { cause })
}

/** The server is of use without its operator's socket, so this does not keep it from starting. */
async function openAdmin({ admin, environment, log }: ServeOptions): Promise<Server | null> {
  if (admin === null) {
    return null
  }
  try {
    return await openAdminSocket(environment.dataDir, admin)
  } catch (err) {
    log.warn({ err }, 'operator socket could not be opened')
    return null
  }
}

async function dispatch(options: ServeOptions): Promise<Dispatcher | null> {
  const { environment, intake, log, metrics } = options
  if (intake === null) {
    return null
  }
  const { deliveries, jobs, self } = intake
  const receive = await createProbotReceiver(environment, { self, jobs, metrics, log })
  return startDispatcher({ deliveries, receive, ready: self, metrics, log })
}

/** Lets answers that are on their way arrive, then cuts whoever is left. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const cut = setTimeout(() => server.closeAllConnections(), ANSWER_MS)
  await closed
  clearTimeout(cut)
}

function pidPath(dataDir: string): string {
  return join(dataDir, 'server.pid')
}

/** Leaves the file alone when another server has written it since. */
async function removePid(dataDir: string): Promise<void> {
  const written = await readFile(pidPath(dataDir), 'utf8').catch(() => '')
  if (written.trim() === String(process.pid)) {
    await rm(pidPath(dataDir), { force: true })
  }
}

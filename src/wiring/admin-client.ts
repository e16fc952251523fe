import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { Problem } from '#core/problem'
import { PlannedWrites } from '#core/render/planned-writes'
import {
  type OperatorDesk,
  OperatorFinds,
  OperatorJob,
  type Reconcile,
} from '#wiring/operator-desk'

/** A list of the longest allowed length is far smaller. */
const MAX_BYTES = 8_000_000
const TIMEOUT_MS = 10_000
/** Thousands of repositories are asked for one after the other. */
const RECONCILE_MS = 3_600_000

const Jobs = z.object({ jobs: z.array(OperatorJob) })
const OneJob = z.object({ job: OperatorJob })
const OnePlan = z.object({ plan: PlannedWrites })
const Halted = z.object({ halted: z.array(z.string()) })
const Refusal = z.object({ error: z.string() })

interface Answer {
  readonly status: number
  readonly body: unknown
}

/**
 * The jobs of the server that runs on a data folder, over its operator's socket. The embedded
 * store belongs to that one process, so there is no other way to them.
 *
 * @throws Problem `operator.no-server` when no server answers, with what to do
 */
export function createAdminClient(
  dataDir: string,
): OperatorDesk & { readonly reconcile: Reconcile } {
  const socketPath = join(resolve(dataDir), 'admin.sock')
  const ask = (method: 'GET' | 'POST', path: string, timeout = TIMEOUT_MS) =>
    call({ socketPath, method, path, timeout })
  const change = async (path: string) => {
    const answer = await ask('POST', path)
    if (answer.status === 409) return false
    refuseUnless200(answer)
    return true
  }
  return {
    async list({ state, limit }) {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(state === null ? {} : { state }),
      })
      const answer = await ask('GET', `/jobs?${query}`)
      refuseUnless200(answer)
      return Jobs.parse(answer.body).jobs
    },
    async show(id) {
      const answer = await ask('GET', `/jobs/${encodeURIComponent(id)}`)
      if (answer.status === 404) return null
      refuseUnless200(answer)
      return OneJob.parse(answer.body).job
    },
    async plan({ owner, name, pull }) {
      const answer = await ask(
        'GET',
        `/plans/${[owner, name, pull].map(encodeURIComponent).join('/')}`,
      )
      if (answer.status === 404) return null
      refuseUnless200(answer)
      return OnePlan.parse(answer.body).plan
    },
    replay: (id) => change(`/jobs/${encodeURIComponent(id)}/replay`),
    discard: (id) => change(`/jobs/${encodeURIComponent(id)}/discard`),
    async halt(scope) {
      await change(`/halts/${encodeURIComponent(scope)}/halt`)
    },
    resume: (scope) => change(`/halts/${encodeURIComponent(scope)}/resume`),
    async halted() {
      const answer = await ask('GET', '/halts')
      refuseUnless200(answer)
      return Halted.parse(answer.body).halted
    },
    async reconcile({ since, go }) {
      const query = new URLSearchParams({ since: String(since), go: String(go) })
      const answer = await ask('POST', `/reconcile?${query}`, RECONCILE_MS)
      refuseUnless200(answer)
      return OperatorFinds.parse(answer.body)
    },
  }
}

function refuseUnless200({ status, body }: Answer): void {
  if (status === 200) return
  const said = Refusal.safeParse(body)
  const reason = said.success ? said.data.error : `it answered ${status}`
  throw new Problem('operator.refused', 'told', `The server could not do it: ${reason}`)
}

interface Call {
  readonly socketPath: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly timeout: number
}

function call(asking: Call): Promise<Answer> {
  const { socketPath } = asking
  const { promise, resolve: done, reject } = Promise.withResolvers<Answer>()
  const failed = (failure: Error) => reject(noServer(socketPath, failure))
  const asked: ClientRequest = request(asking)
  asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
  asked.on('error', failed)
  asked.on('response', (response) => {
    read(response).then((body) => done({ status: response.statusCode ?? 0, body }), failed)
  })
  asked.end()
  return promise
}

async function read(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) throw new Error('the answer is no stream of bytes')
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  return body
}

function noServer(socketPath: string, failure: NodeJS.ErrnoException): Problem {
  const told = (message: string) =>
    new Problem('operator.no-server', 'told', message, { cause: failure })
  if (failure.code === 'EACCES') {
    return told(`${socketPath} belongs to another user: run this as the user of the server.`)
  }
  const absent = failure.code === 'ENOENT' || failure.code === 'ECONNREFUSED'
  const reason = absent ? '' : ` (${failure.code ?? failure.message})`
  return told(
    `No server answers at ${socketPath}${reason}. Start it with tech-lead serve, or set DATA_DIR or DATABASE_URL as the server has it.`,
  )
}

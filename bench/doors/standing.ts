import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import webhookExamples from '@octokit/webhooks-examples' with { type: 'json' }
import * as z from 'zod'
import { usedDataDir } from '../../test/support/embedded-data-dir.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import {
  serverEnvironment,
  startServer,
  WEBHOOK_SECRET,
} from '../../test/support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../../test/world/github/world.ts'
import { type Letter, letterOf } from './load.ts'

const PATH = '/api/github/webhooks'

/** The size of an ordinary event about a pull request, in bytes. */
const PAYLOAD = 25_000
/** As many pull requests as take turns. */
const PULLS = 64

/** A server that takes deliveries, in a process of its own. */
export interface Standing {
  readonly port: number
  readonly pid: number
  /** Has the events of a world sent to it. */
  receiveFrom(world: GitHubWorld): void
  stop(): Promise<void>
}

export type Receiver = 'bare' | 'probot' | 'embedded' | 'postgres'

/** A GitHub with one repository, of whose pull requests it knows nothing. */
export async function answeringGitHub(): Promise<GitHubWorld> {
  const world = await createGitHubWorld()
  await world.createRepository({ owner: 'acme', name: 'shop', private: true })
  return world
}

/** A GitHub that tells the app who it is, and then is silent: what is queued stays queued. */
export async function silentGitHub(): Promise<GitHubWorld> {
  const world = await answeringGitHub()
  world.fault('POST /graphql', { kind: 'hang' }, Number.MAX_SAFE_INTEGER)
  return world
}

/** Starts one receiver. */
export async function stand(kind: Receiver, world: GitHubWorld): Promise<Standing> {
  if (kind === 'embedded') {
    const data = await usedDataDir()
    return ours(world, data.path, {}, data.remove)
  }
  if (kind === 'postgres') {
    const [server, data] = await Promise.all([startPostgres(), usedDataDir()])
    return ours(world, data.path, { DATABASE_URL: server.url }, async () => {
      await server.stop()
      await data.remove()
    })
  }
  return script(kind, world)
}

async function ours(
  world: GitHubWorld,
  dataDir: string,
  env: Record<string, string>,
  after: () => Promise<void>,
): Promise<Standing> {
  const server = await startServer(world, { dataDir, env, longLived: true })
  return {
    port: Number(new URL(server.url).port),
    pid: server.child.pid ?? 0,
    receiveFrom: (source) => source.sendTo(server.webhookUrl, WEBHOOK_SECRET),
    async stop() {
      await server.kill()
      await after()
    },
  }
}

async function script(kind: 'bare' | 'probot', world: GitHubWorld): Promise<Standing> {
  const file = fileURLToPath(new URL(`${kind}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file], {
    env: serverEnvironment(world, '.'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes('\n')) break
  }
  const port = Number(/listening on (\d+)/.exec(said)?.[1])
  return {
    port,
    receiveFrom: (source) => source.sendTo(`http://127.0.0.1:${port}${PATH}`, WEBHOOK_SECRET),
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
)

/** Pushes to 64 pull requests of one repository, as GitHub words them. */
export async function letters(world: GitHubWorld): Promise<readonly Letter[]> {
  const [repository] = world.state.repositories
  if (repository === undefined) throw new Error('the world has no repository')
  const example = Examples.parse(webhookExamples)
    .find(({ name }) => name === 'pull_request')
    ?.examples.find(({ action }) => action === 'synchronize')
  const full = { full_name: 'acme/shop', name: 'shop', id: repository.id, private: true }
  return Promise.all(
    Array.from({ length: PULLS }, (_, index) => {
      const payload = {
        ...example,
        number: index + 1,
        pull_request: {
          ...z.record(z.string(), z.unknown()).parse(example?.['pull_request']),
          number: index + 1,
          draft: false,
          body: '',
        },
        repository: {
          ...z.record(z.string(), z.unknown()).parse(example?.['repository']),
          ...full,
        },
        installation: { id: world.installationOf(repository).id },
      }
      const missing = PAYLOAD - JSON.stringify(payload).length
      payload.pull_request.body = proseOf(missing)
      return letterOf(WEBHOOK_SECRET, PATH, JSON.stringify(payload))
    }),
  )
}

/** So many characters of text that no compressor folds into nothing. */
function proseOf(length: number): string {
  const words = Array.from({ length: length / 4 }, (_, n) =>
    ((n * 2_654_435_761) % 46_656).toString(36),
  )
  return words.join(' ').slice(0, length).padEnd(length, '.')
}

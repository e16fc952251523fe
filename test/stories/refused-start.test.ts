import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDataDir, serverEnvironment, WEBHOOK_SECRET } from '../support/server-process.ts'
import { SHORT_LIVED } from '../support/short-lived.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world?.stop())

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** Whether anything listens there now. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Starts a server and waits for its end, knocking at its port all the time. */
async function startAndWatch(changes: Readonly<Record<string, string | undefined>>) {
  const dataDir = createDataDir()
  const port = await freePort()
  const env = { ...serverEnvironment(world, dataDir), PORT: String(port), ...changes }
  const args = [...SHORT_LIVED, join(ROOT, 'src/server/main.ts')]
  const child = spawn(process.execPath, args, { cwd: dataDir, env })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString()
  })
  let ended = false
  const closed = once(child, 'close').then(([code]) => {
    ended = true
    return code
  })
  let opened = false
  while (!ended) {
    opened ||= await isOpen(port)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return { code: await closed, lines: said.stderr.trimEnd().split('\n'), opened, said }
}

test.each([
  ['ahead of', -20],
  ['behind', 20],
])(
  'with a clock twenty minutes %s GitHub the server does not start and says why',
  async (side, minutes) => {
    world.advance(minutes * 60_000)
    const { code, lines, opened } = await startAndWatch({}).finally(() =>
      world.advance(-minutes * 60_000),
    )
    const words = `^The clock of this machine is (?:119|120|121)\\d s ${side} GitHub, .*: set the clock`
    expect(lines).toStrictEqual([expect.stringMatching(words)])
    expect([code, opened]).toEqual([2, false])
  },
  120_000,
)

const NOT_A_KEY = 'no key at all, but as secret as one: hush-hush'

test.each([
  ['without a webhook secret', { WEBHOOK_SECRET: undefined }, [/WEBHOOK_SECRET is missing/]],
  ['with the secret of a sample', { WEBHOOK_SECRET: 'development' }, [/WEBHOOK_SECRET is "dev/]],
  ['with a private key that is none', { PRIVATE_KEY: NOT_A_KEY }, [/PRIVATE_KEY /]],
  [
    'with an address of another kind of database',
    { DATABASE_URL: 'mysql://lead:hunter2@127.0.0.1:1/shop' },
    [/DATABASE_URL must start with postgres/],
  ],
  [
    'with a database that does not answer',
    { DATABASE_URL: 'postgres://lead:hunter2@127.0.0.1:1/shop' },
    [/Postgres at 127\.0\.0\.1:1\/shop as lead cannot be reached .*Check DATABASE_URL/],
  ],
  [
    'with two mistakes at once',
    { WEBHOOK_SECRET: undefined, PRIVATE_KEY: NOT_A_KEY },
    [/WEBHOOK_SECRET is missing/, /PRIVATE_KEY /],
  ],
] as const)(
  '%s the server does not start and says why in one line each',
  async (_, env, words) => {
    const { code, lines, opened, said } = await startAndWatch(env)
    expect(lines).toStrictEqual(words.map((word) => expect.stringMatching(word)))
    expect(code).toBe(2)
    expect(opened).toBe(false)
    const printed = said.stdout + said.stderr
    const keyLine = world.privateKey.split('\n')[1] ?? ''
    for (const secret of [WEBHOOK_SECRET, keyLine, 'hunter2', 'hush-hush']) {
      expect(printed).not.toContain(secret)
    }
  },
  30_000,
)

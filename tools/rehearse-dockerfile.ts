// Runs the Dockerfile's own lines by hand, where there is no Docker: its stages in clean folders,
// the last one as another user, until it is healthy.
//
//   node tools/rehearse-dockerfile.ts        needs the npm registry, and root to become another user
import { execSync, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const HOME = fileURLToPath(new URL('..', import.meta.url))
/** `node` of the official image. */
const USER_ID = 1000
const HEALTHY_MS = 5_000

type Line = { readonly word: string; readonly rest: string }

/** The instructions, with continued lines joined and comments left out. */
function instructions(text: string): readonly Line[] {
  const plain = text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, '')
  return plain.split('\n').flatMap((line) => {
    const [, word, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? []
    return word === undefined || rest === undefined ? [] : [{ word, rest }]
  })
}

const base = mkdtempSync(join(tmpdir(), 'rehearsal-'))
chmodSync(base, 0o755)
const stages = new Map<string, string>()
const env: Record<string, string> = {}
let stage = ''
let command: readonly string[] = []
let health: readonly string[] = []

/** In a stage `/app` is a folder of ours. */
function within(folder: string, path: string): string {
  return join(folder, path.replace(/^\/app\/?/, ''))
}

function copy(rest: string): void {
  const words = rest.split(' ')
  const from = /^--from=(\w+)$/.exec(words[0] ?? '')?.[1]
  const source = from === undefined ? HOME : (stages.get(from) ?? '')
  const paths = words.filter((word) => !word.startsWith('--'))
  const target = paths.pop() ?? ''
  for (const path of paths) {
    const to = target.endsWith('/') ? join(target, path) : target
    cpSync(from === undefined ? join(source, path) : within(source, path), within(stage, to), {
      recursive: true,
    })
  }
}

function run(rest: string): void {
  // Packages of the system and links outside of the folder belong to an image.
  if (!/^npm (ci|run)\b/.test(rest)) {
    console.log(`  left out: RUN ${rest.slice(0, 60)}`)
    return
  }
  console.log(`  RUN ${rest}`)
  execSync(rest, { cwd: stage, stdio: ['ignore', 'ignore', 'pipe'] })
}

function follow({ word, rest }: Line): void {
  if (word === 'FROM') {
    const name = / AS (\w+)$/.exec(rest)?.[1] ?? 'final'
    stage = join(base, name)
    mkdirSync(stage)
    stages.set(name, stage)
    console.log(`FROM ${rest}`)
  } else if (word === 'COPY') copy(rest)
  else if (word === 'RUN') run(rest)
  else if (word === 'ENV') {
    for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) env[name] = value
  } else if (word === 'CMD') command = JSON.parse(rest)
  else if (word === 'HEALTHCHECK') health = JSON.parse(/CMD (\[.+\])$/.exec(rest)?.[1] ?? '[]')
}

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return String(typeof address === 'object' ? address?.port : 0)
}

async function start(): Promise<number> {
  const data = join(base, 'data')
  mkdirSync(data, { mode: 0o700 })
  const root = process.getuid?.() === 0
  if (root) chownSync(data, USER_ID, USER_ID)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const given = {
    ...{ ...env, PATH: process.env['PATH'] ?? '', PORT: await freePort(), DATA_DIR: data },
    ...{ APP_ID: '1', PRIVATE_KEY: Buffer.from(pem).toString('base64') },
    // No GitHub is needed to be alive.
    ...{ WEBHOOK_SECRET: randomBytes(32).toString('hex'), GHE_HOST: '127.0.0.1:1' },
  }
  const user = root ? { uid: USER_ID, gid: USER_ID } : {}
  const options = { cwd: stage, env: given, ...user }
  const node = (words: readonly string[]) => spawn(process.execPath, words.slice(1), options)
  const begun = performance.now()
  const server = node(command)
  server.stderr.pipe(process.stderr)
  let said = ''
  server.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  let healthy = false
  while (!healthy && performance.now() - begun < 12 * HEALTHY_MS && server.exitCode === null) {
    // Each look starts a process, which must not stand in the way of what it looks at.
    await sleep(500)
    const asked = node(health)
    healthy = await new Promise((done) => asked.once('exit', (code) => done(code === 0)))
  }
  const ms = Math.round(performance.now() - begun)
  const who = root ? `user ${USER_ID}` : 'this user (not root: cannot become another)'
  console.log(healthy ? `healthy after ${ms} ms as ${who}` : `not healthy after ${ms} ms: ${said}`)
  server.kill('SIGTERM')
  const code = await new Promise((done) => server.once('exit', done))
  console.log(`SIGTERM: exit code ${code}`)
  return healthy && ms <= HEALTHY_MS && code === 0 ? 0 : 1
}

try {
  for (const line of instructions(readFileSync(join(HOME, 'Dockerfile'), 'utf8'))) follow(line)
  process.exitCode = await start()
} finally {
  rmSync(base, { recursive: true, force: true })
}

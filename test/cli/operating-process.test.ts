import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embeddedDataDir, usedDataDir } from '../support/embedded-data-dir.ts'
import { eventually, serverEnvironment, startServer } from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

const BIN = fileURLToPath(new URL('../../bin/tech-lead.js', import.meta.url))

let world: GitHubWorld
let dataDir: Awaited<ReturnType<typeof embeddedDataDir>>
let elsewhere = ''
beforeAll(async () => {
  world = await createGitHubWorld()
  dataDir = await embeddedDataDir()
  elsewhere = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
}, 60_000)
afterAll(async () => {
  await world?.stop()
  await dataDir?.remove()
  rmSync(elsewhere, { recursive: true, force: true })
})

/** The machine's own `node`, which may be an old one: the program brings a newer one. */
const PATH = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)

async function techLead(args: readonly string[], env: Record<string, string>) {
  // Not spawnSync: the GitHub that it may ask lives in this process.
  const child = spawn('node', [BIN, ...args], { cwd: elsewhere, env: { ...env, PATH } })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, out, err }
}

describe('the real process', { timeout: 90_000 }, () => {
  test('serve runs the server, jobs reach it, and SIGTERM lets it finish', async () => {
    const env = serverEnvironment(world, dataDir.path)
    const server = spawn('node', [BIN, 'serve'], { cwd: elsewhere, env: { ...env, PATH } })
    const exited = once(server, 'exit')
    let log = ''
    server.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    server.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    await eventually(() => log.includes('"msg":"workers started"'), 'the workers start', 60_000)
    expect(await techLead(['jobs'], env)).toEqual({ code: 0, out: 'There are no jobs.\n', err: '' })
    const id = '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
    expect(await techLead(['jobs', 'replay', id], env)).toEqual({
      code: 2,
      out: '',
      err: `tech-lead: No job "${id}" can be replayed: see tech-lead jobs list.\n`,
    })
    const doctor = await techLead(['doctor'], env)
    expect(doctor.out).toMatch(/ok {5}store +embedded; the running\s+server answers/)
    expect(doctor.out).toMatch(/ok {5}github +http[^\n]*knows/)
    expect(doctor.out).toMatch(/held by the server\s+with\s+process\s+id\s+\d+/)
    const second = await techLead(['serve'], env)
    expect(second.code).toBe(2)
    expect(second.err).toMatch(/^Another process is using the data directory [^\n]*\n$/)
    server.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(log).toContain('"result":"finished"')
    expect(existsSync(join(dataDir.path, 'server.pid'))).toBe(false)
    expect(await techLead(['jobs'], env)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^tech-lead: No server answers at [^\n]*\n$/),
    })
  })

  test('pull requests that nobody was told of are found, and reviewed once it is said to go', async () => {
    const repository = await world.createRepository({
      owner: 'acme',
      name: 'shop',
      roles: { dev: 'write' },
    })
    await world.push(repository, 'feature', { author: 'dev', files: { 'a.md': 'a\n' } })
    const pull = await world.openPullRequest({
      ...{ repository, head: 'feature', title: 'a', author: 'dev' },
    })
    const missed = await usedDataDir()
    const env = serverEnvironment(world, missed.path)
    const server = await startServer(world, { dataDir: missed.path })
    const catchUp = (...more: string[]) =>
      techLead(['jobs', 'reconcile', '--since', '1d', ...more], env)
    const dry = await catchUp()
    expect(dry).toMatchObject({ code: 0, err: '' })
    const [first, ...sums] = dry.out.split('\n')
    expect(first).toMatch(new RegExp(`^acme/shop#1 {2}${pull.head.sha.slice(0, 12)} {2}20`))
    expect(sums[0]).toMatch(/^Open and changed since 20[^\n]* UTC: 1$/)
    expect(sums.slice(1)).toEqual([
      'Never taken up: 1',
      'Queued: 0 (nothing is changed without --go)',
      '',
    ])
    expect(repository.checkRuns).toEqual([])
    expect((await catchUp('--go')).out).toContain('Never taken up: 1\nQueued: 1\n')
    await eventually(
      () => /"delivery":"reconcile"[^\n]*"result":"done"/.test(server.log()),
      'it is done',
    )
    expect(repository.checkRuns.map(({ status, headSha }) => [status, headSha])).toEqual([
      ['completed', pull.head.sha],
    ])
    expect((await catchUp('--go')).out).toContain('Never taken up: 0\nQueued: 0\n')
    expect(await server.stop()).toBe(0)
    await missed.remove()
  })

  test('a port that is taken: exit code 2, one line, and the process ends', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const env = { ...serverEnvironment(world, dataDir.path), PORT: port }
    const { code, err } = await techLead(['serve'], env)
    other.close()
    expect(code).toBe(2)
    expect(err).toBe(
      `Cannot listen on 127.0.0.1:${port}: another process listens on it. Stop that one, or set PORT.\n`,
    )
  })

  test('serve without settings: exit code 2 and every complaint', async () => {
    const { code, out, err } = await techLead(['serve'], {})
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.split('\n').map((line) => line.split(' ', 2).join(' '))).toEqual([
      'environment: APP_ID',
      'environment: WEBHOOK_SECRET',
      'environment: PRIVATE_KEY',
      '',
    ])
  })

  test('worker is a server of that role, which needs a database for several', async () => {
    const { code, err } = await techLead(['worker'], serverEnvironment(world, dataDir.path))
    expect(code).toBe(2)
    expect(err).toMatch(/^environment: TECH_LEAD_ROLE worker needs DATABASE_URL: [^\n]*\n$/)
  })

  test('the knowledge needs no setting', async () => {
    expect((await techLead(['rules', 'explain', 'credential-in-url'], {})).out).toMatch(
      /^credential-in-url\n/,
    )
    expect(await techLead(['providers', 'explain', 'strip'], {})).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: There is no provider "strip". Did you mean "stripe"?\n',
    })
    expect(await techLead(['agents', 'check'], {})).toMatchObject({ code: 0, err: '' })
  })
})

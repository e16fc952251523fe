import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMPILED, eventually } from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

const BIN = fileURLToPath(new URL('../../bin/tech-lead.js', import.meta.url))

let world: GitHubWorld
let folder = ''
beforeAll(async () => {
  world = await createGitHubWorld()
  folder = mkdtempSync(join(tmpdir(), 'tech-lead-setup-'))
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function techLead(args: readonly string[], env: Record<string, string> = {}) {
  const PATH = process.env['PATH'] ?? ''
  return spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { PATH, ...COMPILED, ...env },
  })
}

test('from nothing to an app that the doctor finds well, and not a secret is printed', async () => {
  const ghe = { GHE_HOST: world.host, GHE_PROTOCOL: 'http' }
  const setup = techLead(['setup', '--url', 'https://lead.example.com'], ghe)
  const out = text(setup.stdout)
  let said = ''
  setup.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const exited = once(setup, 'exit')
  const address = await eventually(() => /http:\/\/127\.0\.0\.1:\S+/.exec(said)?.[0], 'the address')
  const form = await (await fetch(address)).text()
  const manifest = (/name="manifest" value="([^"]+)"/.exec(form)?.[1] ?? '').replaceAll(
    '&quot;',
    '"',
  )
  const answer = await fetch(/action="([^"]+)"/.exec(form)?.[1] ?? '', {
    method: 'POST',
    body: new URLSearchParams({ manifest }),
  })
  expect([answer.status, new URL(answer.url).pathname]).toEqual([200, '/created'])
  expect(await exited).toEqual([0, null])
  const lines = readFileSync(join(folder, '.env'), 'utf8').trim().split('\n')
  const variables = Object.fromEntries(lines.map((line) => line.split(/=(.*)/, 2)))
  expect(await out).toMatch(
    /^Registered "integrations-tech-lead" \(App ID 424242\)\.\nWrote APP_ID, /,
  )
  for (const name of ['PRIVATE_KEY', 'WEBHOOK_SECRET']) {
    expect(`${await out}${said}`).not.toContain(variables[name])
  }
  const doctor = techLead(['doctor'], variables)
  const found = await text(doctor.stdout)
  for (const check of ['environment', 'github', 'permissions', 'events', 'clock']) {
    expect(found).toMatch(new RegExp(`ok {5}${check}`))
  }
}, 60_000)

test('an interrupted setup leaves nothing behind, and one without an address says what it wants', async () => {
  const args = ['setup', '--url', 'https://lead.example.com', '--file', 'other.env']
  const setup = techLead(args)
  let said = ''
  setup.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await eventually(() => said.includes('http://127.0.0.1:'), 'the address')
  setup.kill('SIGINT')
  expect(await once(setup, 'exit')).toEqual([130, null])
  expect(readdirSync(folder)).toEqual(['.env'])
  const without = techLead(['setup'])
  expect(await text(without.stderr)).toContain("required option '--url <url>' not specified")
}, 60_000)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { FLAWED, SHOP_FILES } from '../stories/shop.ts'
import { createGitRepository, type GitRepository } from '../support/git-repository.ts'
import { COMPILED } from '../support/server-process.ts'
import { mintToken } from '../world/github/tokens.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const READS = { contents: 'read', pull_requests: 'read', issues: 'read' } as const
const COMMENTS = { contents: 'read', pull_requests: 'write' } as const

let folder = ''
let checkout: GitRepository
let world: GitHubWorld
let repository: Awaited<ReturnType<GitHubWorld['createRepository']>>
let pull: Awaited<ReturnType<GitHubWorld['openPullRequest']>>
let event = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tech-lead-action-'))
  checkout = createGitRepository()
  for (const [path, text] of Object.entries(SHOP_FILES)) checkout.write(path, text)
  const base = checkout.commit('shop')
  checkout.branch('work')
  for (const [path, text] of Object.entries(FLAWED)) checkout.write(path, text)
  const head = checkout.commit('work')
  world = await createGitHubWorld()
  repository = await world.createRepository({
    owner: 'acme',
    name: 'shop',
    files: { ...SHOP_FILES },
    roles: { dev: 'write' },
  })
  await world.push(repository, 'work', { author: 'dev', files: { ...FLAWED } })
  pull = await world.openPullRequest({ repository, head: 'work', title: 'Work', author: 'dev' })
  event = eventFile({
    action: 'opened',
    pull_request: { number: pull.number, base: { sha: base }, head: { sha: head } },
    repository: { id: repository.id, name: 'shop', private: false, owner: { login: 'acme' } },
  })
})

afterAll(async () => {
  await world.stop()
  checkout.dispose()
  rmSync(folder, { recursive: true, force: true })
})

function eventFile(content: object | string): string {
  const file = join(folder, `event-${Math.random()}.json`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

/** The step as a runner starts it, with the inputs that are named. */
async function step(inputs: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const files = { summary: join(folder, 'summary.md'), outputs: join(folder, 'outputs') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const given = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  const child = spawn(process.execPath, [join(HOME, 'bin/action.js')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...COMPILED,
      GITHUB_WORKSPACE: checkout.directory,
      GITHUB_EVENT_PATH: event,
      GITHUB_API_URL: world.apiUrl,
      GITHUB_SERVER_URL: `http://${world.host}`,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_OUTPUT: files.outputs,
      ...Object.fromEntries(given),
      ...env,
    },
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  const [code] = await once(child, 'exit')
  const read = (file: string) => readFileSync(file, 'utf8')
  return { code, out, summary: read(files.summary), outputs: read(files.outputs) }
}

function tokenOf(permissions: Record<string, 'read' | 'write'>): string {
  const installation = world.installationOf(repository)
  return mintToken(world.state, { installation, permissions, repositoryIds: null }).value
}

const posted = async () => {
  const { reviews, comments } = await world.conversation(repository, pull)
  return { reviews: reviews.length, comments: comments.length }
}

describe('the step of a workflow', { timeout: 60_000 }, () => {
  test('without a token it reviews the checkout: annotations, SARIF, a page, the summary', async () => {
    const sarif = join(folder, 'review.sarif')
    const page = join(folder, 'review.html')
    const { code, out, summary, outputs } = await step({
      'sarif-file': sarif,
      'html-file': page,
      'fail-on': 'high',
    })
    expect(code).toBe(1)
    expect(out).toMatch(/^::error file=src\/charge\.ts,line=4,endLine=4,title=high%3A /m)
    expect(out).toMatch(/^::warning file=src\/crm\.ts,line=\d+,endLine=\d+,title=medium%3A /m)
    expect(summary).toContain('## Reviewed, 2 findings')
    expect(outputs).toBe('status=reviewed\nfindings=2\nworst-severity=high\ncommented=false\n')
    expect(JSON.parse(readFileSync(sarif, 'utf8')).runs[0].results).toHaveLength(2)
    expect(readFileSync(page, 'utf8')).toContain('<h1>Reviewed, 2 findings</h1>')
    expect(await posted()).toEqual({ reviews: 0, comments: 0 })
    // Code of strangers stands in the log: no line of it is a command to the runner.
    const quiet = /^::stop-commands::(\S+)$/m.exec(out)?.[1] ?? 'none'
    const [, printed = ''] = out.split(`::stop-commands::${quiet}\n`)
    expect(printed.indexOf(`::${quiet}::`)).toBeGreaterThan(printed.indexOf('Files\n'))
  })

  test('a token that can only read is said, and the findings become annotations', async () => {
    const { code, out, outputs } = await step({ token: tokenOf(READS) })
    expect(code).toBe(0)
    expect(out).toMatch(/^::notice::.*pull request not writable.*pull_requests=write/m)
    expect(out).toContain('::error file=src/charge.ts')
    expect(outputs).toContain('commented=false')
    expect(await posted()).toEqual({ reviews: 0, comments: 0 })
  })

  test('a token that cannot even read leaves the checkout to review', async () => {
    const { code, out } = await step({ token: 'ghs_expired' })
    expect(code).toBe(0)
    expect(out).toMatch(/^::notice::The pull request could not be read with this token/m)
    expect(out).toContain('Reviewed, 2 findings')
  })

  test('a token that may comment does so once, whatever is lost and however often it runs', async () => {
    const token = tokenOf(COMMENTS)
    const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
    world.fault(route, { kind: 'persist-then-502' })
    const first = await step({ token })
    expect(first.code).toBe(0)
    expect(first.outputs).toContain('commented=true')
    expect(first.out).not.toContain('::error file=')
    const again = await step({ token })
    expect(again.outputs).toContain('commented=true')
    const { reviews, comments } = await world.conversation(repository, pull)
    expect(reviews).toHaveLength(1)
    expect(reviews[0]?.comments.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'src/charge.ts:4',
      'src/crm.ts:8',
    ])
    expect(comments).toHaveLength(1)
    expect(world.violations).toEqual([])
  })

  test('with a key of its own it takes no post of the same account for its own', async () => {
    const token = tokenOf(COMMENTS)
    await step({ token, 'marker-key': 'a secret of this repository' })
    const { comments } = await world.conversation(repository, pull)
    expect(comments).toHaveLength(2)
    await step({ token, 'marker-key': 'a secret of this repository' })
    expect((await world.conversation(repository, pull)).comments).toHaveLength(2)
    const short = await step({ token, 'marker-key': 'short' })
    expect([short.code, short.out]).toEqual([
      2,
      '::error title=Integrations Tech Lead::The input marker-key is too short; it needs 16 characters or more.\n',
    ])
  })

  test('an input or an event that makes no sense is one line that the runner shows, and 2', async () => {
    const wrong = await step({ 'fail-on': 'blocker' })
    expect([wrong.code, wrong.out]).toEqual([
      2,
      '::error title=Integrations Tech Lead::The input fail-on is "blocker"; it may be critical, high, medium, low, never.\n',
    ])
    const torn = await step({}, { GITHUB_EVENT_PATH: eventFile('{"pull_request":') })
    expect(torn.code).toBe(2)
    expect(torn.out).toMatch(/^::error title=Integrations Tech Lead::Cannot read the event file /)
  })

  test('a push is reviewed from where the branch was', async () => {
    const [before = '', after = ''] = checkout.git('rev-parse', 'main', 'work').split('\n')
    const { code, out } = await step({}, { GITHUB_EVENT_PATH: eventFile({ before, after }) })
    expect(code).toBe(0)
    expect(out).toContain(`${before.slice(0, 12)}..${after.slice(0, 12)}`)
  })
})

test('action.yml offers what the step reads, and runs what is there', () => {
  const text = readFileSync(join(HOME, 'action.yml'), 'utf8')
  const action = parse(text)
  const read = readFileSync(join(HOME, 'src/cli/action-inputs.ts'), 'utf8')
  const names = [...read.matchAll(/(?:text|choice)\('([a-z-]+)'/g)].map(([, name]) => name)
  expect(Object.keys(action.inputs).toSorted()).toEqual([...new Set(names)].toSorted())
  expect(action.runs).toEqual({ using: 'node24', main: 'bin/action.js' })
  const run = readFileSync(join(HOME, 'src/cli/run-action.ts'), 'utf8')
  for (const output of Object.keys(action.outputs)) expect(run).toContain(output)
  const example = /```yml\n(name: integrations[\s\S]*?)```/.exec(
    readFileSync(join(HOME, 'README.md'), 'utf8'),
  )
  const { steps } = parse(example?.[1] ?? '').jobs.review
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(steps[1].with)))
})

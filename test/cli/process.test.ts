import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Report } from '#core/report/report'
import { createGitRepository, type GitRepository } from '../support/git-repository.ts'
import { COMPILED } from '../support/server-process.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

let repo: GitRepository
let empty = ''

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
  repo = createGitRepository()
  repo.write('src/pay.ts', 'export const one = 1\n')
  repo.commit('first')
  repo.branch('feature')
  repo.write('odd\nname\u202E.ts', 'import Stripe from "stripe"\n')
  for (let n = 0; n < 500; n += 1) repo.write(`many/file-${n}.txt`, `${n}\n`)
  repo.commit('second')
})

afterAll(() => {
  repo.dispose()
  rmSync(empty, { recursive: true, force: true })
})

function techLead(args: readonly string[], env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env
  const result = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { PATH, HOME, ...COMPILED, ...env },
    maxBuffer: 1 << 26,
  })
  return { code: result.status, out: result.stdout, err: result.stderr }
}

// Generous, because each test starts processes on a machine that may be busy.
describe('the real process', { timeout: 60_000 }, () => {
  test('a folder that is no repository: exit code 2, one line, no stack', () => {
    expect(techLead(['review', '--repo', empty])).toEqual({
      code: 2,
      out: '',
      err: `tech-lead: ${empty} is not a git repository.\n`,
    })
  })

  test('an unknown ref: exit code 2 and the ref that was meant', () => {
    expect(techLead(['review', '--repo', repo.directory, '--base', 'featur'])).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: Unknown git ref "featur". Did you mean "feature"?\n',
    })
  })

  test('no git on the PATH: exit code 2 and what is missing', () => {
    expect(techLead(['review', '--repo', repo.directory], { PATH: empty })).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: git is not installed or not on the PATH.\n',
    })
  })

  test('an unknown command: exit code 2', () => {
    expect(techLead(['reviw'])).toMatchObject({ code: 2, out: '' })
  })

  test('an empty change: exit code 0 and a clear answer', () => {
    const { code, out, err } = techLead([
      'review',
      '--repo',
      repo.directory,
      '--base',
      'HEAD',
      '--head',
      'HEAD',
      '--reviewer',
      'rules',
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Nothing to review: the change is empty\n/)
  })

  test('names with line feeds and direction overrides are kept in JSON and shown harmlessly', () => {
    const json = techLead(['files', '--repo', repo.directory, '--format', 'json'])
    expect(json.err).toBe('')
    const report = Report.parse(JSON.parse(json.out))
    expect(report.files).toHaveLength(501)
    expect(report.files.map(({ path }) => path)).toContain('odd\nname\u202E.ts')
    expect(json.out).not.toContain('\u202E')
    const { out } = techLead(['files', '--repo', repo.directory])
    expect(out).toContain('odd\\nname\\u{202E}.ts')
    expect(out).not.toContain('\u202E')
  })

  test('a reader that stops early, as head does, is no failure', async () => {
    const script = `"${process.execPath}" "${MAIN}" files --repo "${repo.directory}" --format json; echo "code $?" >&2`
    const child = spawn('sh', ['-c', `{ ${script}; } | head -c 10 > /dev/null`])
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    await new Promise((resolve) => child.on('close', resolve))
    expect(err).toBe('code 0\n')
  })

  test('a hostile .env in the folder has no effect', () => {
    writeFileSync(join(empty, '.env'), 'NODE_OPTIONS=--bad\nANTHROPIC_BASE_URL=http://evil\n')
    const result = spawnSync(process.execPath, [MAIN, '--version'], {
      cwd: empty,
      encoding: 'utf8',
    })
    expect(result.status).toBe(0)
    expect(result.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test.each([
    [['--help'], /^commander$/],
    [['review', '--reviewer', 'rules'], /^(?!@anthropic|@secretlint|probot|@octokit|pg|hono|pino)/],
  ])('%j starts fast: it loads only the packages that it uses', (args, allowed) => {
    const hooks = join(empty, 'loaded.mjs')
    writeFileSync(
      hooks,
      `import { registerHooks } from 'node:module'
       const loaded = new Set()
       registerHooks({ load(url, context, next) {
         const name = /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]
         if (name) loaded.add(name)
         return next(url, context)
       } })
       process.on('exit', () => process.stderr.write([...loaded].join('\\n')))`,
    )
    const own = args[0] === 'review' ? ['--repo', repo.directory, '--head', 'main'] : []
    const result = spawnSync(process.execPath, ['--import', hooks, MAIN, ...args, ...own], {
      encoding: 'utf8',
    })
    expect(result.status).toBe(0)
    const names = result.stderr.split('\n')
    expect(names).toContain('commander')
    expect(names.filter((name) => !allowed.test(name))).toEqual([])
  })
})

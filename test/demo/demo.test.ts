import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMPILED } from '../support/server-process.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BOTH_COMMITS = /docs\(memory\): learn \d+ facts? from #1/g

interface Run {
  readonly code: number | null
  readonly out: string
  readonly errors: string
  /** Of the temporary folder that it was given. */
  readonly left: readonly string[]
}

interface How {
  readonly args?: readonly string[]
  /** Ctrl-C as soon as this was printed. */
  readonly interruptAfter?: string
}

async function runDemo(how: How = {}): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'))
  const run = await startDemo(folder, how)
  const left = await readdir(folder)
  await rm(folder, { recursive: true })
  return { ...run, left }
}

function startDemo(folder: string, how: How): Promise<Omit<Run, 'left'>> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['test/demo/main.ts', ...(how.args ?? [])], {
      cwd: ROOT,
      // Nothing of the person who runs the tests, and above all no key.
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, ...COMPILED },
    })
    let out = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const seen = how.interruptAfter !== undefined && out.includes(how.interruptAfter)
      out += chunk.toString()
      if (!seen && how.interruptAfter !== undefined && out.includes(how.interruptAfter))
        child.kill('SIGINT')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    child.on('close', (code) => resolve({ code, out, errors }))
  })
}

describe('npm run demo, with no key and no account', () => {
  let run: Run
  let page = ''
  beforeAll(async () => {
    run = await runDemo()
    page = await readFile(`${ROOT}demo-output/conversation.html`, 'utf8').catch(() => '')
  }, 120_000)

  test('ends with 0 and says nothing on the error stream', () => {
    expect(run).toMatchObject({ code: 0, errors: '' })
  })

  test('shows the check, every comment at its lines and the summary', () => {
    expect(run.out).toContain('✓ Integrations Tech Lead  Reviewed, 6 findings')
    expect(run.out).toMatch(
      / 9 \+ router\.post\('\/webhooks\/stripe', async[^\n]*\n\s+│\n\s+│ `\/webhooks\/stripe` acts on Stripe webhooks without verifying their signature/,
    )
    // What a rule saw that is often wrong stands in the summary alone.
    expect(run.out).toContain('- low `fetch` is retried for ever (`src/crm/hubspot.ts:5`')
    expect(run.out).not.toContain('│ `fetch` is retried for ever')
    expect(run.out).toContain('4 changed files, 3 about integrations, 3 reviewed')
  })

  test('shows what was remembered of the code that stood there, and what waited for the merge', () => {
    expect(run.out.match(BOTH_COMMITS)).toHaveLength(2)
    const [, first = '', second = ''] = run.out.split(/\$ git show [0-9a-f]{7}/)
    expect(first).toContain('The SendGrid credential `SENDGRID_API_KEY` comes from the environment')
    expect(first).not.toContain('+- HubSpot is called')
    expect(second).toContain('+- HubSpot is called through `fetch` in `src/crm/hubspot.ts`.')
    expect(second).not.toContain('`database`')
  })

  test('the fix resolves two threads, one stays open, and nothing is said twice', () => {
    expect(run.out).toContain(
      '2 threads resolved, 1 thread still open and not repeated, no new comments.',
    )
    expect(run.out.match(/✓ resolved/g)).toHaveLength(2)
  })

  test('no call breaks GitHub’s published API', () => {
    expect(run.out).toMatch(/\d+ API calls,[\s\S]*; 0 violations/)
  })

  test('lines fit into 100 columns, without markup and without colours', () => {
    // Long names of files and hashes of commits are what they are.
    const long = run.out.split('\n').filter((line) => line.length > 100)
    expect(long).toEqual([])
    expect(run.out).not.toMatch(/<details>|<sub>|<!--|\*\*\w/)
    expect(run.out).not.toContain(String.fromCharCode(27))
  })

  test('the page holds the whole conversation and nothing from outside', () => {
    for (const title of ['is retried for ever', 'without a time limit', 'is read without a look']) {
      expect(page).toContain(title)
    }
    expect(page.match(BOTH_COMMITS)).toHaveLength(2)
    expect(page.match(/resolved by the fix/g)).toHaveLength(2)
    expect(page).not.toMatch(/<script|<link|src=|url\(/)
    expect(page).not.toMatch(/&lt;(?:details|sub|!--)/)
  })

  test('leaves no folder behind', () => {
    expect(run.left).toEqual([])
  })
})

test('an interrupted demo ends its server and leaves no folder behind', async () => {
  const run = await runDemo({ interruptAfter: 'A shop that works' })
  expect(run).toMatchObject({ code: 1, errors: 'Interrupted.\n', left: [] })
}, 60_000)

test('an unknown option is refused in one line, with what there is', async () => {
  const run = await runDemo({ args: ['--fast'] })
  expect(run).toMatchObject({ code: 1, out: '' })
  expect(run.errors).toMatch(/^There is no option --fast\. npm run demo \[-- --scripted\]/)
})

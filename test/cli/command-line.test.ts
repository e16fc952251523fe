import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Knowledge, Operations, Services } from '#cli/command-line'
import { runCommandLine } from '#cli/run'
import { Problem } from '#core/problem'
import type { Report } from '#core/report/report'
import type { ReviewRequest } from '#core/report/review-request'
import { sampleFinding, sampleReport } from '../support/sample-report.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(args: readonly string[], services: Partial<Services> = {}): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await runCommandLine(args, {
    version: '9.9.9',
    streams: {
      out: async (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      progress: () => {},
      colour: false,
      width: 80,
      columns: 80,
    },
    services: { review: async () => () => expect.fail('no review was expected'), ...services },
  })
  return { code, out, err }
}

/** A reviewer that answers with a report and keeps what it was asked. */
function reviewer(report: Report): { services: Services; asked: ReviewRequest[] } {
  const asked: ReviewRequest[] = []
  const reviewLocally = async (request: ReviewRequest) => {
    asked.push(request)
    return report
  }
  return { services: { review: async () => reviewLocally }, asked }
}

const failing = (error: unknown): Services => ({
  review: async () => () => Promise.reject(error),
})

describe('wrong usage is exit code 2 and one line', () => {
  test.each([
    [['reviw'], "unknown command 'reviw' (Did you mean review?)"],
    [['review', '--formt', 'json'], "unknown option '--formt' (Did you mean --format?)"],
    [['review', '--base'], "option '--base <ref>' argument missing"],
    [
      ['review', 'extra'],
      "too many arguments for 'review'. Expected 0 arguments but got 1: extra.",
    ],
    [
      ['review', '--format', 'pdf'],
      "option '--format <format>' argument 'pdf' is invalid. Allowed choices are text, json, sarif, markdown, html.",
    ],
    [
      ['review', '--fail-on', 'blocker'],
      "option '--fail-on <severity>' argument 'blocker' is invalid. Allowed choices are critical, high, medium, low, never.",
    ],
    [
      ['review', '--reviewer', 'gpt'],
      "option '--reviewer <who>' argument 'gpt' is invalid. Allowed choices are rules, claude, auto.",
    ],
    [['review', '--staged', '--head', 'x'], '--staged and --head exclude each other.'],
    [['files', '--fail-on', 'low'], "unknown option '--fail-on'"],
    [
      ['review', '--output', '/nonexistent/x.json'],
      'Cannot write /nonexistent/x.json: its folder does not exist.',
    ],
    [['review', '--output', '/'], 'Cannot write /: it is a folder.'],
    [['re\u001B[2J\nview'], "unknown command 're\\u{001B}[2J view'"],
  ])('%j', async (args, message) => {
    expect(await run(args)).toEqual({ code: 2, out: '', err: `tech-lead: ${message}\n` })
  })
})

describe('failures are exit code 2 and one line', () => {
  test('an expected one says what to do', async () => {
    const problem = new Problem('git.unknown-ref', 'told', 'Unknown git ref "x".')
    expect(await run(['review'], failing(problem))).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: Unknown git ref "x".\n',
    })
  })

  test('several complaints are one line each', async () => {
    const problem = new Problem(
      'knowledge.unreadable',
      'told',
      'a.yml:1: bad\nb.yml:2: worse\u001B[2J',
    )
    const { err } = await run(['review'], failing(problem))
    expect(err).toBe('tech-lead: a.yml:1: bad\ntech-lead: b.yml:2: worse\\u{001B}[2J\n')
  })

  test('a bug calls itself one, without a stack and without steering the terminal', async () => {
    const { code, out, err } = await run(
      ['review'],
      failing(new TypeError('x is not\n a \u001B[31mfunction')),
    )
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe('tech-lead: a bug in tech-lead: x is not\\n a \\u{001B}[31mfunction\n')
  })
})

describe('the exit code of a review', () => {
  const medium = sampleFinding({ severity: 'medium' })
  test.each([
    ['nothing found', { findings: [] }, 'low', 0],
    ['findings and no limit', { findings: [medium] }, 'never', 0],
    ['a finding below the limit', { findings: [medium] }, 'high', 0],
    ['a finding at the limit', { findings: [medium] }, 'medium', 1],
    ['a finding above the limit', { findings: [medium] }, 'low', 1],
    ['an incomplete review', { findings: [], status: 'partial' }, 'low', 3],
    ['a review that did not happen', { findings: [], status: 'not-reviewed' }, 'never', 3],
    [
      'an incomplete review with a finding at the limit',
      { findings: [medium], status: 'partial' },
      'medium',
      1,
    ],
    [
      'an incomplete review with a finding below it',
      { findings: [medium], status: 'partial' },
      'high',
      3,
    ],
  ] as const)('%s', async (_, over, limit, expected) => {
    const report = sampleReport({ ...over, findings: [...over.findings] })
    const { code } = await run(['review', '--fail-on', limit], reviewer(report).services)
    expect(code).toBe(expected)
  })

  test('an output that cannot be written outranks findings', async () => {
    const { services } = reviewer(sampleReport())
    const target = join(folder, 'gone', 'x')
    const late: Services = {
      review: async () => async (request, progress) => {
        rmSync(folder, { recursive: true })
        return (await services.review())(request, progress)
      },
    }
    const { code, err } = await run(
      ['review', '--fail-on', 'low', '--output', join(folder, 'x')],
      late,
    )
    expect(code).toBe(2)
    expect(err).toMatch(/^tech-lead: Cannot write .*\n$/)
    expect((await run(['review', '--output', target], services)).code).toBe(2)
  })
})

describe('review', () => {
  test('asks for what was typed', async () => {
    const { services, asked } = reviewer(sampleReport())
    await run(
      ['review', '--repo', '/r', '--base', 'main', '--head', 'topic', '--reviewer', 'claude'],
      services,
    )
    await run(['review', '--staged'], services)
    await run(['files'], services)
    const none = {
      base: null,
      head: null,
      staged: false,
      filesOnly: false,
      dumpPrompts: null,
      trajectory: null,
      reviewer: 'auto',
      directory: '.',
    }
    expect(asked).toEqual([
      { ...none, directory: '/r', base: 'main', head: 'topic', reviewer: 'claude' },
      { ...none, staged: true },
      { ...none, filesOnly: true, reviewer: 'rules' },
    ])
  })

  test.each([
    ['json', '{\n  "version": 1,'],
    ['sarif', '{\n  "$schema": "https://docs.oasis-open.org/sarif/'],
    ['markdown', '## Reviewed, 1 finding\n'],
    ['text', 'Reviewed, 1 finding: 1 critical\n'],
  ])('writes %s', async (format, start) => {
    const { out, err } = await run(
      ['review', '--format', format],
      reviewer(sampleReport()).services,
    )
    expect(out.slice(0, start.length)).toBe(start)
    expect(err).toBe('')
  })

  test('writes to a file at once and leaves nothing else behind', async () => {
    const file = join(folder, 'report.json')
    writeFileSync(file, 'old')
    const args = ['review', '--format', 'json', '--output', file]
    const { out, code } = await run(args, reviewer(sampleReport()).services)
    expect({ out, code }).toEqual({ out: '', code: 0 })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1 })
    expect(readdirSync(folder)).toEqual(['report.json'])
  })

  test('a device is written to and not replaced', async () => {
    const { code } = await run(
      ['review', '--output', '/dev/null'],
      reviewer(sampleReport()).services,
    )
    expect(code).toBe(0)
  })

  test('the list of files is done when it is written', async () => {
    const report = sampleReport({ status: 'not-reviewed', because: 'files only', findings: [] })
    const { code, out } = await run(['files'], reviewer(report).services)
    expect(code).toBe(0)
    expect(out).toContain('1 changed file, 1 about integrations')
  })
})

describe('help', () => {
  test('is the answer to no command, on standard output', async () => {
    const { code, out, err } = await run([])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Usage: tech-lead /)
    expect(out).toBe((await run(['--help'])).out)
  })

  test('fits into 80 columns', async () => {
    const never = () => expect.fail('help needs no service')
    const all = { knowledge: never, operations: never, serve: never }
    const words = 'review files rules providers agents jobs doctor serve worker'.split(' ')
    const deep = [
      'rules test',
      'agents check',
      'providers list',
      'providers check',
      'jobs list',
      'jobs show',
      'jobs plan',
      'jobs replay',
      'jobs reconcile',
    ]
    const pages = [...words, ...deep].map((command) => [...command.split(' '), '--help'])
    for (const args of [['--help'], ['help', 'files'], ...pages]) {
      const { out, code } = await run(args, all)
      expect(out).toMatch(/^Usage: tech-lead /)
      expect(code).toBe(0)
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    }
  })

  test('the version is that of the package', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: '9.9.9\n', err: '' })
  })
})

describe('the knowledge', () => {
  const knowledge: Knowledge = {
    rules: async () => [
      { id: 'webhook-unsigned', columns: ['critical', 'ts'], title: 'No check\u001B[2J' },
      { id: 'tls-off', columns: ['high', 'py, ts'], title: 'TLS is off' },
    ],
    explainRule: async (id) => (id === 'tls-off' ? 'TLS is off.\n\nTurn it on.\n' : null),
    testRules: async () => ({
      passed: 3,
      failures: [{ id: 'tls-off', reason: 'a good example was found' }],
    }),
    providers: async (category) =>
      category === 'payments'
        ? [{ id: 'pay', columns: ['payments', '2 facts'], title: 'Pay' }]
        : [],
    explainProvider: async () => null,
    checkProviders: async (files) =>
      files.map((file) => ({ file, line: 4, reason: 'host "a.dev" is claimed twice\u001B[2J' })),
    agents: async () => [{ id: 'lead', columns: [], title: 'Leads' }],
    checkAgents: async () => [{ file: 'agents/lead.md', line: 3, reason: 'unknown model' }],
  }
  const services = { knowledge: async () => knowledge }

  test('lists in columns, with nothing that steers a terminal', async () => {
    const { out } = await run(['rules'], services)
    expect(out).toBe(
      'webhook-unsigned  critical  ts      No check\\u{001B}[2J\ntls-off           high      py, ts  TLS is off\n',
    )
    expect((await run(['rules', 'list'], services)).out).toBe(out)
  })

  test('explains, or names what was meant', async () => {
    expect((await run(['rules', 'explain', 'tls-off'], services)).out).toBe(
      'TLS is off.\n\nTurn it on.\n',
    )
    expect(await run(['rules', 'explain', 'tls-of'], services)).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: There is no rule "tls-of". Did you mean "tls-off"?\n',
    })
    expect((await run(['providers', 'explain', 'x'], services)).err).toBe(
      'tech-lead: There is no provider "x".\n',
    )
    expect((await run(['rules', 'explain'], services)).err).toBe(
      "tech-lead: missing required argument 'id'\n",
    )
  })

  test('a rule whose examples disagree and an agent with a complaint are exit code 1', async () => {
    expect(await run(['rules', 'test'], services)).toEqual({
      code: 1,
      out: 'tls-off: a good example was found\n3 passed, 1 failed\n',
      err: '',
    })
    expect(await run(['agents', 'check'], services)).toEqual({
      code: 1,
      out: 'agents/lead.md:3: unknown model\n',
      err: '',
    })
  })

  test('a provider pack with a complaint is an input error, exit code 2', async () => {
    expect(await run(['providers', 'check', 'mine.yml', 'yours.yml'], services)).toEqual({
      code: 2,
      out: 'mine.yml:4: host "a.dev" is claimed twice\\u{001B}[2J\nyours.yml:4: host "a.dev" is claimed twice\\u{001B}[2J\n',
      err: '',
    })
    expect(await run(['providers', 'check'], services)).toEqual({
      code: 0,
      out: 'All provider packs are well formed.\n',
      err: '',
    })
  })

  test('the providers of one category can be listed', async () => {
    expect((await run(['providers', 'list', '--category', 'payments'], services)).out).toBe(
      'pay  payments  2 facts  Pay\n',
    )
    expect((await run(['providers', '--category', 'crm'], services)).out).toBe(
      'There are no providers of the category crm.\n',
    )
  })

  test('an empty list says so', async () => {
    expect((await run(['providers'], services)).out).toBe('There are no providers.\n')
  })
})

describe('operating', () => {
  const calls: unknown[] = []
  const operations: Operations = {
    jobs: async (filter) => {
      calls.push(filter)
      return [{ id: 'job-1', columns: ['failed'], title: 'acme/shop#7' }]
    },
    showJob: async (id) => (id === 'job-1' ? 'job-1 failed' : null),
    plan: async (of) => {
      calls.push(of)
      return of.pull === 7 ? 'Check  failure\n\nReview\n  \u001B[2JNo limit.\n' : null
    },
    replayJob: async (id) => id === 'job-1',
    discardJob: async () => false,
    halt: async (scope) => void calls.push(scope),
    resume: async (scope) => scope === 'acme/shop',
    halted: async () => ['all', '17'],
    move: async () => ['3 runs', '2 jobs'],
    reconcile: async (request) => {
      calls.push(request)
      return {
        looked: 300,
        queued: request.go ? 2 : null,
        proposed: [
          { id: 'acme/shop#42', columns: ['0123456789ab'], title: '2026-11-22 10:00' },
          { id: 'acme/web#7', columns: ['ba9876543210'], title: '2026-11-21 09:30' },
        ],
        left: request.go ? [] : ['installation 4 (acme): the app was \u001B[2Jsuspended here'],
      }
    },
    doctor: async () => [
      { id: 'store', state: 'ok', detail: 'answers', hint: null },
      { id: 'clock', state: 'warns', detail: '40 s behind', hint: 'set the clock' },
      { id: 'github', state: 'skipped', detail: 'not asked', hint: null },
      {
        id: 'environment',
        state: 'fails',
        detail: `APP_ID is missing\nPORT \u001B[2J ${'is wrong '.repeat(9)}`,
        hint: 'set them',
      },
    ],
  }
  const services = { operations: async () => operations }

  test('jobs are listed, shown, replayed and discarded', async () => {
    expect((await run(['jobs', 'list', '--state', 'dead', '--limit', '5'], services)).out).toBe(
      'job-1  failed  acme/shop#7\n',
    )
    expect(calls.at(-1)).toEqual({ state: 'dead', limit: 5 })
    expect((await run(['jobs', 'show', 'job-1'], services)).out).toBe('job-1 failed\n')
    expect((await run(['jobs', 'show', 'job-2'], services)).err).toBe(
      'tech-lead: There is no job "job-2". Did you mean "job-1"?\n',
    )
    expect((await run(['jobs', 'replay', 'job-1'], services)).out).toBe('job-1 replayed\n')
    expect(await run(['jobs', 'discard', 'job-1'], services)).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: No job "job-1" can be discarded: see tech-lead jobs list.\n',
    })
    expect((await run(['jobs', '--limit', '0'], services)).code).toBe(2)
  })

  test('a plan is printed with nothing that steers a terminal, or it is said that there is none', async () => {
    expect(await run(['jobs', 'plan', 'acme/shop#7'], services)).toEqual({
      ...{ code: 0, err: '' },
      out: 'Check  failure\n\nReview\n  \\u{001B}[2JNo limit.\n',
    })
    expect(calls.at(-1)).toEqual({ owner: 'acme', name: 'shop', pull: 7 })
    expect(await run(['jobs', 'plan', 'acme/shop#8'], services)).toEqual({
      ...{ code: 2, out: '' },
      err: 'tech-lead: No plan of acme/shop#8 is kept: no review of it got that far, or it is too long ago.\n',
    })
  })

  test.each(['7', '#7', 'acme/shop', 'acme/shop#0', 'acme/shop#7x', 'acme/sh op#7', 'a/b/c#7'])(
    'a plan of "%s" is refused before anybody is asked',
    async (word) => {
      const asked = calls.length
      const { code, err } = await run(['jobs', 'plan', word], services)
      expect([code, calls.length]).toEqual([2, asked])
      expect(err).toMatch(/give owner\/name#number\.\n$/)
    },
  )

  test('the embedded store is carried over, and what came along is listed', async () => {
    expect(await run(['jobs', 'move'], services)).toEqual({
      ...{ code: 0, err: '' },
      out: 'Moved:\n  3 runs\n  2 jobs\n',
    })
  })

  test('what was missed is only told until it is said to go, and what nobody looked at is named', async () => {
    const list = [
      'acme/shop#42  0123456789ab  2026-11-22 10:00',
      'acme/web#7    ba9876543210  2026-11-21 09:30',
      'Open and changed since 2026-11-20 00:00 UTC: 300',
      'Never taken up: 2',
    ]
    expect(await run(['jobs', 'reconcile', '--since', '2026-11-20'], services)).toEqual({
      code: 3,
      out: [...list, 'Queued: 0 (nothing is changed without --go)', ''].join('\n'),
      err: 'Not looked at: installation 4 (acme): the app was \\u{001B}[2Jsuspended here\n',
    })
    expect(await run(['jobs', 'reconcile', '--since', '2026-11-20', '--go'], services)).toEqual({
      ...{ code: 0, err: '' },
      out: [...list, 'Queued: 2', ''].join('\n'),
    })
    const since = Date.parse('2026-11-20T00:00:00Z')
    expect(calls.slice(-2)).toEqual([
      { since, go: false },
      { since, go: true },
    ])
  })

  test.each([
    ['7d', 7 * 24 * 3_600_000],
    ['36h', 36 * 3_600_000],
  ])('--since %s is so long ago', async (word, ms) => {
    const before = Date.now()
    await run(['jobs', 'reconcile', '--since', word], services)
    const { since } = calls.at(-1) as { since: number }
    expect(since).toBeGreaterThanOrEqual(before - ms)
    expect(since).toBeLessThanOrEqual(Date.now() - ms)
  })

  test.each(['', '7', '0d', '3w', '-1d', '2026-02-30', '2026-11', '9999-01-01', '1969-12-31'])(
    '--since "%s" is refused',
    async (word) => {
      const asked = calls.length
      const { code, err } = await run(['jobs', 'reconcile', '--since', word], services)
      expect([code, calls.length]).toEqual([2, asked])
      expect(err).toMatch(/give a day that has begun, as 2026-11-20, or 7d or 36h\.\n$/)
    },
  )

  test('without --since nothing is asked', async () => {
    expect((await run(['jobs', 'reconcile'], services)).code).toBe(2)
  })

  test('work is halted and resumed by its scope, and a list says what is halted', async () => {
    expect((await run(['jobs', 'halt'], services)).out).toBe('all halted\n')
    expect((await run(['jobs', 'halt', 'acme/shop'], services)).out).toBe('acme/shop halted\n')
    expect(calls.slice(-2)).toEqual(['all', 'acme/shop'])
    expect((await run(['jobs', 'resume', 'acme/shop'], services)).out).toBe('acme/shop resumed\n')
    expect(await run(['jobs', 'resume', '42'], services)).toEqual({
      code: 2,
      out: '',
      err: 'tech-lead: 42 is not halted: see tech-lead jobs list.\n',
    })
    expect((await run(['jobs', 'halt', 'acme shop'], services)).code).toBe(2)
    expect((await run(['jobs'], services)).err).toBe(
      'Halted: all, 17. See tech-lead jobs resume.\n',
    )
  })

  test('a state that jobs cannot have is refused with those they can', async () => {
    expect((await run(['jobs', '--state', 'failed'], services)).err).toBe(
      "tech-lead: option '--state <state>' argument 'failed' is invalid. Allowed choices are waiting, delayed, active, dead, done.\n",
    )
  })

  test('doctor fails when one check does, and fits into 80 columns', async () => {
    expect(await run(['doctor'], services)).toEqual({
      code: 2,
      out: [
        'ok     store        answers',
        'warns  clock        40 s behind',
        '                    Do: set the clock',
        'skips  github       not asked',
        'fails  environment  APP_ID is missing',
        '                    PORT \\u{001B}[2J is wrong is wrong is wrong is wrong is',
        '                    wrong is wrong is wrong is wrong is wrong',
        '                    Do: set them',
        '',
      ].join('\n'),
      err: '',
    })
  })

  test('doctor is content with warnings', async () => {
    const checks = (await operations.doctor()).filter(({ state }) => state !== 'fails')
    const content = { ...operations, doctor: async () => checks }
    expect((await run(['doctor'], { operations: async () => content })).code).toBe(0)
  })

  test('a server that refuses to start is exit code 2; the role goes with the command', async () => {
    const roles: unknown[] = []
    const serve = async (role: unknown) => {
      roles.push(role)
      return false
    }
    expect((await run(['serve'], { serve })).code).toBe(2)
    expect((await run(['worker'], { serve })).code).toBe(2)
    expect(roles).toEqual([null, 'worker'])
  })
})

describe('eval', () => {
  const evaluation: NonNullable<Services['evaluation']> = async () => async (directory) => {
    asked = directory
    return []
  }
  let asked = ''

  test('takes our own cases unless a folder is named, and prints tables or JSON', async () => {
    const { code, out } = await run(['eval'], { evaluation })
    expect([code, asked]).toEqual([0, 'eval/rules/testdata'])
    expect(out).toMatch(/^0 cases\n/)
    const other = await run(['eval', 'my/cases', '--format', 'json'], { evaluation })
    expect(asked).toBe('my/cases')
    expect(JSON.parse(other.out)).toMatchObject({ cases: 0, whole: { precision: null } })
  })
})

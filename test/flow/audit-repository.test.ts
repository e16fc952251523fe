import { expect, test } from 'vitest'
import { Problem } from '#core/problem'
import type { OwnIssue } from '#flow/audit-port'
import { type AuditJob, type AuditNeeds, auditRepository } from '#flow/audit-repository'
import { effectsInMemory } from '#flow/kept-in-memory'
import { queueAudits } from '#flow/queue-audits'
import { fakeClock } from '../support/fake-run.ts'
import { OWN_PACK } from '../support/own-pack.ts'
import { contentsOf, needs as known } from '../support/take-inventory-of.ts'

const JOB: AuditJob = {
  ...{ version: 1, installation: 1, delivery: 'audit', kind: 'audit' },
  repository: { id: 7, owner: 'acme', name: 'shop', private: true },
}
const FOLDER = {
  path: 'stripe.md',
  text: '- Old. (`a.ts:1 @a1b2c3d #00000000`, PR #1, 2026-01-01) [m-00000001]\n',
}
const DAY_MS = 86_400_000

/** A repository with a suspect entry, whose issues are kept in a list. */
function world(
  given: { settings?: string; left?: number; files?: Readonly<Record<string, string>> } = {},
) {
  const clock = fakeClock()
  let now = clock.now()
  const moving = { ...clock, now: () => now }
  const issues: (OwnIssue & { title: string })[] = []
  const memory = [{ ...FOLDER }]
  const results: string[] = []
  const edits: string[] = []
  const opening = effectsInMemory(moving)
  const settings =
    given.settings === undefined ? null : { path: '.github/tech-lead.yml', text: given.settings }
  let last: number | null = null
  let paused = 0
  const never = () => {
    throw new Error('not to be asked')
  }
  const home: ReturnType<AuditNeeds['home']> = {
    webUrl: 'https://github.example/acme/shop',
    repository: async () => ({
      ...{ closedBecause: null, settings, memory },
      contents: contentsOf(given.files ?? { 'a.ts': 'new\n' }),
    }),
    ownIssues: async () => issues,
    openIssue: async ({ title, body }) => {
      issues.push({ number: issues.length + 1, open: true, title, body })
      return issues.length
    },
    editIssue: async (number, body) => {
      edits.push(body)
      issues[number - 1] = { number, open: true, title: '', body }
    },
  }
  const needs: AuditNeeds = {
    ...{ home: () => home, clock: moving, visibilityMs: 0, secrets: [] },
    scan: known.scan,
    knowledge: { catalog: known.catalog, providers: known.providers, rules: [] },
    markerKeys: [new Uint8Array(32)],
    installation: () => ({
      exists: never,
      repositories: never,
      budget: async () => ({ left: given.left ?? 1, resetAt: now + 1_800_000 }),
    }),
    looks: {
      pausedUntil: async () => paused,
      pause: async (_, until) => {
        paused = until
      },
    },
    allowances: { take: async () => 'granted' },
    audits: {
      lastAt: async () => last,
      end: async (_, __, result) => {
        last = now
        results.push(result)
      },
      opening: () => opening,
    },
    log: { info() {} },
  }
  const audit = async () => {
    now += 7 * DAY_MS
    return (await auditRepository(needs, JOB)).because
  }
  return { needs, home, issues, memory, results, edits, audit, paused: () => paused }
}

test('one issue is kept: opened, left alone while it is true, edited, and told when it is empty', async () => {
  const { audit, issues, memory, edits } = world()
  expect(await audit()).toBe('told in #1')
  expect(await audit()).toBe('#1 is as it was')
  memory.length = 0
  expect(await audit()).toBe('#1 is brought up to date')
  expect(issues).toHaveLength(1)
  expect(edits).toEqual([expect.stringMatching(/^\*\*Nothing needs another look/)])
})

test('where nothing is to be said and nothing was said there is no issue', async () => {
  const { audit, issues, memory } = world()
  memory.length = 0
  expect(await audit()).toBe('nothing to say')
  expect(issues).toEqual([])
})

test('a closed or a deleted issue is the last word', async () => {
  const { audit, issues, edits } = world()
  await audit()
  const [issue] = issues
  if (issue === undefined) throw new Error('there is no issue')
  issues[0] = { ...issue, open: false }
  expect(await audit()).toBe('#1 was closed')
  issues.length = 0
  expect(await audit()).toBe('#1 is gone')
  expect([issues, edits]).toEqual([[], []])
})

test('an issue whose mark somebody took out is still ours, one with a mark of another key is not', async () => {
  const { audit, issues, needs } = world()
  await audit()
  const [issue] = issues
  if (issue === undefined) throw new Error('there is no issue')
  issues[0] = { ...issue, body: 'mine now' }
  expect(await audit()).toBe('#1 is brought up to date')
  const other = world()
  other.issues.push({ ...issue, body: issue.body.replace(/[0-9a-f]{32}/, 'f'.repeat(32)) })
  expect(await other.audit()).toBe('told in #2')
  expect(needs.markerKeys).toHaveLength(1)
})

test('opened and not recorded before a crash, it is found again', async () => {
  const { audit, issues, needs, home } = world()
  await needs.audits.opening(1, 7).intend('open-issue')
  const before = world()
  await before.audit()
  issues.push(...before.issues)
  expect(await audit()).toBe('#1 is as it was')
  expect(await home.ownIssues()).toHaveLength(1)
  expect(await needs.audits.opening(1, 7).effect('open-issue')).toMatchObject({ objectId: '1' })
})

test('a repository that says no, and one where issues are not granted, are skipped without failing', async () => {
  expect(await world({ settings: 'audit: { mode: off }\n' }).audit()).toBe(
    'switched off by its settings',
  )
  const { audit, home, results } = world()
  Object.assign(home, {
    ownIssues: async () => {
      throw new Problem(
        'github.forbidden',
        'told',
        'the installation has not granted issues: write',
      )
    },
  })
  expect(await audit()).toBe('skipped: the installation has not granted issues: write')
  expect(results).toHaveLength(1)
})

test('half of the hourly limit is left to reviews', async () => {
  const { needs, paused } = world({ left: 0.4 })
  expect(await auditRepository(needs, JOB)).toMatchObject({ kind: 'wait', delayMs: 1_800_000 })
  expect(paused()).toBeGreaterThan(0)
})

test('a round is queued once a week, and again when it was broken off', async () => {
  const queued: number[] = []
  let last = 0
  let now = 100 * DAY_MS
  let broken = true
  const round = () =>
    queueAudits({
      async *installations() {
        yield* [1, 2, 3]
      },
      installation: (id) => ({
        async *repositories() {
          if (id === 2) throw new Problem('github.gone', 'gone', 'uninstalled')
          if (id === 3 && broken) throw new Problem('github.unreachable', 'retry', 'away')
          yield [{ ...JOB.repository, id: id * 10 }]
        },
      }),
      enqueue: async (jobs) => void queued.push(...jobs.map(({ repository }) => repository.id)),
      ...{ lastRoundAt: async () => last, clock: { now: () => now } },
      endRound: async (at) => {
        last = at
      },
      log: { info() {}, warn() {}, error() {} },
    })
  await expect(round()).rejects.toThrow('away')
  broken = false
  expect(await round()).toBe(2)
  now += 6 * DAY_MS
  expect(await round()).toBeNull()
  now += DAY_MS
  expect(await round()).toBe(2)
  expect(queued).toEqual([10, 10, 30, 10, 30])
})

test('a fact in a provider pack of the repository grows old like any other', async () => {
  const pack = OWN_PACK.replaceAll('2026-11-01', '1970-01-01').replace('2027-11-01', '1970-01-20')
  const files = {
    'src/pay.ts':
      "import { charge } from '@acme/pay'\nawait charge('https://api.pay.acme.example')\n",
    'packs/acme.yml': pack,
  }
  const { audit, issues } = world({ settings: 'providers: [packs/acme.yml]\n', files })
  await audit()
  expect(issues[0]?.body).toContain('Acme Pay')
  expect(issues[0]?.body).toContain('https://handbook.acme.example/pay')
})

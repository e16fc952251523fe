import { beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '#core/facts/fact'
import { buildIntegrations } from '#core/inventory/build-inventory'
import type { MemoryFile } from '#core/memory/memory'
import { codeOf } from '#core/rules/code'
import { DEFAULT_SETTINGS, Settings } from '#core/settings/settings'
import type { Author } from '#flow/admit'
import type { Examined, ExamineNeeds } from '#flow/examine'
import { gather } from '#flow/gather'
import { learnInventory } from '#flow/learn-inventory'
import { learnMeanwhile, planMemory } from '#flow/plan-memory'
import type { FileContent } from '#flow/ports'
import { select } from '#flow/select'
import { createScan } from '#scan/create-scan'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { changedFile, report } from '../support/builders.ts'
import { createLog } from './memory-world.ts'

const CLIENT = [
  "import Stripe from 'stripe'",
  'export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY, { timeout: 10_000 })',
  '',
].join('\n')
const MAIL =
  "import sendgrid from '@sendgrid/mail'\nsendgrid.setApiKey(process.env.SENDGRID_API_KEY)\n"
const PATCH = `@@ -0,0 +1,2 @@\n+${CLIENT.trimEnd().replaceAll('\n', '\n+')}`
const COLLEAGUE: Author = { mayWrite: true, fork: false }

let loaded: Loaded
let scan: ReturnType<typeof createScan>
beforeAll(async () => {
  loaded = await loadKnowledge('2026-11-22')
  scan = createScan({ matchers: loaded.matchers })
})

/** A change that adds `src/pay.ts` to a repository whose tip has other files. */
async function stage(
  order: {
    tip?: Record<string, string>
    memory?: readonly MemoryFile[]
    settings?: Settings
    changed?: string
  } = {},
) {
  const { tip = { 'src/mail.ts': MAIL }, memory = [], changed = 'src/pay.ts' } = order
  const reads: string[] = []
  const lists: string[] = []
  const gathered = await gather(
    {
      snapshot: async () => ({
        ...{ base: 'b', head: 'a', totalFiles: 1, title: '', description: '' },
        files: [changedFile(changed, PATCH, { change: 'added' })],
        trusted: { commit: 'c', settings: null, agent: null, memory },
        contents: {
          read: async (paths, at) => {
            reads.push(...paths.map((path) => `${at}:${path}`))
            const texts: Record<string, string> =
              at === 'head' ? { ...tip, [changed]: CLIENT } : tip
            return new Map(
              paths.map((path): [string, FileContent] => {
                const text = texts[path]
                return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
              }),
            )
          },
          list: async (at) => {
            lists.push(at)
            return { paths: Object.keys(tip), complete: true }
          },
        },
      }),
    },
    loaded,
  )
  const set = { ...gathered, settings: order.settings ?? DEFAULT_SETTINGS }
  const scope = await select(set)
  const { facts } = await scan.facts(scope.head, 'inventory')
  const integrations = buildIntegrations({
    code: codeOf(scope.head, facts),
    ...{ manifests: [], samples: [], catalog: loaded.knowledge.catalog },
  })
  const { log, lines } = createLog()
  const examined = (more: Partial<Examined> = {}): Examined => ({
    ...{ report: report(), memoryEdits: [], waiting: null, integrations },
    carried: { key: '', digests: {}, firstPaths: {} },
    ...more,
  })
  // What choosing the files asked for is not what memory asks for.
  reads.length = 0
  lists.length = 0
  const needs = { scan, log } as unknown as ExamineNeeds
  return {
    ...{ reads, lists, lines, gathered: set, scope },
    plan: (author: Author = COLLEAGUE, more: Partial<Examined> = {}) =>
      planMemory(needs, {
        ...{ gathered: set, scope, examined: examined(more), author },
        learned: learnMeanwhile(needs, set, scope),
      }),
  }
}

describe('what the code says by itself', () => {
  test('is remembered now where it stands on the default branch, else at the merge', async () => {
    const { plan } = await stage()
    const { learnings } = await plan()
    const when = (topic: string) =>
      new Set(learnings.filter((l) => l.topic === topic).map((l) => l.when))
    expect([...when('sendgrid')]).toEqual(['now'])
    expect([...when('stripe')]).toEqual(['at-merge'])
    expect(learnings.every((learning) => learning.citation !== null)).toBe(true)
  })
  test.each([
    { mayWrite: false, fork: false },
    { mayWrite: true, fork: true },
  ])('waits for a person when the author is a stranger: %j', async (author) => {
    const { learnings } = await (await stage()).plan(author)
    expect(learnings.length).toBeGreaterThan(0)
    expect(new Set(learnings.map((learning) => learning.when))).toEqual(new Set(['pending']))
  })
  test('is looked for in the whole repository only while there is no memory', async () => {
    const first = await stage()
    await first.plan()
    expect(first.lists).toEqual(['tip'])
    const later = await stage({ memory: [{ path: 'MEMORY.md', text: '# Memory\n' }] })
    await later.plan()
    expect([later.lists, later.reads.includes('tip:src/mail.ts')]).toEqual([[], false])
  })
  test('is said once, even when it stands on both sides', async () => {
    const { plan } = await stage({ tip: { 'src/pay.ts': CLIENT, 'src/mail.ts': MAIL } })
    const { learnings } = await plan()
    const texts = learnings.map((learning) => learning.text)
    expect(texts).toEqual([...new Set(texts)])
    expect(learnings.filter((l) => l.topic === 'stripe').map((l) => l.when)).not.toContain(
      'at-merge',
    )
  })
})

describe('what the agent wrote down', () => {
  const memory = [{ path: 'stripe.md', text: '# Stripe\n\n- Old fact.\n' }]
  const memoryEdits = [
    { path: 'stripe.md', text: '# Stripe\n\n- Retries are off. (`src/pay.ts:2`)\n' },
  ]

  test('becomes a learning with its line, and its removals an edit', async () => {
    const { learnings, edits } = await (await stage({ memory })).plan(COLLEAGUE, { memoryEdits })
    const written = learnings.find((learning) => learning.text.includes('Retries are off'))
    expect(written).toMatchObject({
      ...{ source: 'agent', when: 'at-merge', citation: { path: 'src/pay.ts', line: 2 } },
    })
    expect(edits.map(({ path, text }) => [path, text?.includes('Old fact')])).toEqual([
      ['stripe.md', false],
    ])
  })
  test.each([
    { mayWrite: false, fork: false },
    { mayWrite: true, fork: true },
  ])("rewrites nothing on a stranger's pull request: %j", async (author) => {
    const { edits } = await (await stage({ memory })).plan(author, { memoryEdits })
    expect(edits).toEqual([])
  })
  test('is refused with a log line when it cites a line that does not exist', async () => {
    const s = await stage({ memory })
    const bad = [{ path: 'stripe.md', text: '- Retries are off. (`src/nowhere.ts:2`)\n' }]
    const { learnings } = await s.plan(COLLEAGUE, { memoryEdits: bad })
    expect(learnings.filter((learning) => learning.text.includes('Retries'))).toEqual([])
    expect(s.lines.map((line) => line.event)).toContain('learning refused')
  })
  test('never leaves the folder', async () => {
    const out = [{ path: '../settings.json', text: '{}' }]
    const { edits, learnings } = await (await stage({ memory })).plan(COLLEAGUE, {
      memoryEdits: out,
    })
    expect([edits, JSON.stringify(learnings).includes('settings.json')]).toEqual([[], false])
  })
})

test('memory that is switched off, or a change without integrations, asks nothing', async () => {
  const off = await stage({ settings: Settings.parse({ memory: { mode: 'off' } }) })
  expect(await off.plan()).toEqual({ learnings: [], edits: [] })
  expect([off.reads, off.lists]).toEqual([[], []])
})

test('a first look reads no more than two questions hold, the changed files first', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, i) => [`src/file-${String(i).padStart(3, '0')}.ts`, '']),
  )
  const s = await stage({ tip: many })
  const facts: readonly Fact[] = []
  await learnInventory(
    {
      scan: { ...scan, facts: async () => ({ facts, scanned: [], unsupported: [], failed: [] }) },
    },
    s.gathered,
    s.scope,
  )
  expect([s.reads.length, s.reads[0]]).toEqual([200, 'tip:src/pay.ts'])
})

test('a first look leaves out tests, prose and what was generated', async () => {
  const s = await stage({
    tip: { 'README.md': '', 'test/pay.test.ts': MAIL, 'dist/bundle.min.js': MAIL, 'src/a.ts': '' },
  })
  await s.plan()
  expect(s.reads).toContain('tip:src/a.ts')
  expect(s.reads.filter((read) => /README|test\/|dist\//.test(read))).toEqual([])
})

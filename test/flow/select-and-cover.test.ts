import { beforeAll, describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import type { AgentOutcome } from '#flow/ask-agent'
import { coverage } from '#flow/coverage'
import { type Gathered, gather } from '#flow/gather'
import type { FileContent, Snapshot } from '#flow/ports'
import { type Scope, select } from '#flow/select'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { changedFile } from '../support/builders.ts'

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadKnowledge('2026-11-22')
})

const PAY = changedFile('src/pay.ts', "@@ -0,0 +1 @@\n+import Stripe from 'stripe'", {
  change: 'added',
})
const DOCS = changedFile('docs/guide.md', '@@ -0,0 +1 @@\n+# Guide', { change: 'added' })

function snapshot(
  files: readonly FileDiff[],
  contents: Record<string, FileContent> = {},
  more: Partial<Snapshot> = {},
) {
  const reads: string[] = []
  const made: Snapshot = {
    ...{ base: 'b', head: 'a', files, totalFiles: files.length, title: '', description: '' },
    trusted: { commit: 'c', settings: null, agent: null, memory: [] },
    contents: {
      read: async (paths, at) => {
        reads.push(...paths.map((path) => `${at}:${path}`))
        return new Map(paths.map((path) => [path, contents[path] ?? { kind: 'missing' }]))
      },
      list: async () => ({ paths: [], complete: true }),
    },
    ...more,
  }
  return { reads, gathered: () => gather({ snapshot: async () => made }, loaded) }
}

const TEXT: FileContent = { kind: 'text', text: "import Stripe from 'stripe'\n" }
const NOTHING_RULED = {
  claims: [],
  preExisting: [],
  suppressed: [],
  facts: [],
  unsupported: [],
  failed: [],
}

async function scoped(
  ...args: Parameters<typeof snapshot>
): Promise<{ gathered: Gathered; scope: Scope; reads: string[] }> {
  const { reads, gathered: read } = snapshot(...args)
  const gathered = await read()
  return { gathered, reads, scope: await select(gathered) }
}

const answered = (
  more: Partial<Extract<AgentOutcome, { kind: 'answered' }>> = {},
): AgentOutcome => ({
  ...{ kind: 'answered', claims: [], dismissed: [], edits: [], closing: null },
  usage: {
    ...{ modelCalls: 1, inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 },
    usd: 0,
  },
  ...{ requestIds: [], answeredBy: [], coverage: new Map(), partial: null },
  ...{ doubted: new Set(), refuted: [], mended: [], refused: [], unchecked: null },
  ...more,
})

describe('what is gathered', () => {
  test.each([
    [
      'settings',
      '.github/tech-lead.yml',
      'review:\n  drats: true\n',
      'the default settings are used',
    ],
    [
      'agent',
      '.claude/agents/x.md',
      'no front matter',
      'the agent that comes with the app is used',
    ],
  ] as const)(
    'broken %s are named with file and line, and the review goes on',
    async (key, path, text, said) => {
      const trusted = {
        commit: 'c',
        settings: null,
        agent: null,
        memory: [],
        [key]: { path, text },
      }
      const { gathered } = await scoped([PAY], {}, { trusted })
      expect(gathered.notes.some((note) => note.startsWith(path) && note.endsWith(said))).toBe(true)
      expect(gathered.settings.review.drafts).toBe(false)
      expect(gathered.agent.header.name).toBe('integrations-tech-lead')
    },
  )
  test('good settings are used', async () => {
    const settings = { path: '.github/tech-lead.yml', text: 'review:\n  drafts: true\n' }
    const { gathered } = await scoped(
      [PAY],
      {},
      {
        trusted: { commit: 'c', settings, agent: null, memory: [] },
      },
    )
    expect([gathered.settings.review.drafts, gathered.notes]).toEqual([true, []])
  })
})

describe('what is selected', () => {
  test('is read at the head; a change of prose reads nothing at all', async () => {
    const pay = await scoped([PAY, DOCS], { 'src/pay.ts': TEXT })
    expect(pay.scope.files.map(({ path }) => path)).toEqual(['src/pay.ts'])
    expect(pay.reads).toEqual(['head:src/pay.ts', 'head:.gitattributes'])
    const docs = await scoped([DOCS])
    expect([docs.scope.files, docs.reads]).toEqual([[], []])
  })
  test('keeps the reason why a text could not be read', async () => {
    const { scope } = await scoped([PAY], {
      'src/pay.ts': { kind: 'refused', because: 'it is a symbolic link' },
    })
    expect([...scope.unread]).toEqual([['src/pay.ts', 'it is a symbolic link']])
    expect((await scoped([PAY])).scope.unread.get('src/pay.ts')).toBe('its text could not be read')
  })
  test('is no file that the base marks as generated: its hunks are not even looked at', async () => {
    const marked: FileDiff = {
      ...{ path: 'old/pay.ts', previousPath: null, change: 'modified', content: 'text' },
      get hunks(): never {
        throw new Error('the hunks were asked for')
      },
    }
    const attributes: FileContent = { kind: 'text', text: 'old/** linguist-generated\n' }
    const contents = { '.gitattributes': attributes, 'old/pay.ts': TEXT, 'src/pay.ts': TEXT }
    const { scope, reads } = await scoped([marked, PAY], contents)
    expect(scope.files).toEqual([PAY])
    expect(reads).toEqual(['head:old/pay.ts', 'head:src/pay.ts', 'head:.gitattributes'])
  })
  test('is read even where its name looks generated, when the base says that it is not', async () => {
    const freed = { ...PAY, path: 'dist/pay.ts' }
    const attributes: FileContent = { kind: 'text', text: 'dist/** -linguist-generated\n' }
    const contents = { '.gitattributes': attributes, 'dist/pay.ts': TEXT, 'src/pay.ts': TEXT }
    const { scope } = await scoped([freed, PAY], contents)
    expect(scope.head.map(({ path }) => path)).toEqual(['dist/pay.ts', 'src/pay.ts'])
    expect(scope.unread.size).toBe(0)
  })
  test('cannot be hidden by attributes of the head', async () => {
    const hiding = changedFile('.gitattributes', '@@ -0,0 +1 @@\n+*.ts linguist-generated')
    const { reads } = await scoped([PAY, hiding], { 'src/pay.ts': TEXT })
    expect(reads).toEqual(['head:src/pay.ts', 'base:.gitattributes'])
  })
  test('is no copied library, as the base proves it; what the head brings proves nothing', async () => {
    const PART = changedFile('lib/acme/pay.py', '@@ -0,0 +1 @@\n+import stripe')
    const words: FileContent = { kind: 'text', text: '__version__ = "1"\n__license__ = "MIT"\n' }
    const { scope, reads } = await scoped([PART], { 'lib/acme/__init__.py': words })
    expect(scope.files).toEqual([])
    expect(reads).toContain('base:lib/acme/__init__.py')
    expect(reads).not.toContain('head:lib/acme/__init__.py')
  })
})

describe('the coverage ledger', () => {
  const cover = async (
    order: {
      file?: Partial<FileDiff>
      contents?: Record<string, FileContent>
      ruled?: Partial<typeof NOTHING_RULED>
      asked?: AgentOutcome | null
      more?: Partial<Snapshot>
    } = {},
  ) => {
    const file = { ...PAY, ...order.file }
    const { gathered, scope } = await scoped(
      ...([[file, DOCS], order.contents ?? { 'src/pay.ts': TEXT }, order.more] as const),
    )
    const ruled = { ...NOTHING_RULED, ...order.ruled }
    const { files, status, because } = coverage({
      gathered,
      scope,
      ruled,
      asked: order.asked ?? null,
    })
    return { pay: files[0], files, status, because }
  }
  const whatFailed = (path: string) => [{ path, because: 'the scan took too long' }]

  test('has one line for every changed file', async () => {
    const { files, status } = await cover()
    expect(files.map(({ path, coverage: how }) => [path, how])).toEqual([
      ['src/pay.ts', 'reviewed'],
      ['docs/guide.md', 'skipped'],
    ])
    expect(status).toBe('reviewed')
  })
  test.each<[string, Parameters<typeof cover>[0], string]>([
    ['too large for a diff', { file: { content: 'missing', hunks: [] } }, 'it is too large'],
    [
      'with an unreadable diff',
      { file: { content: 'unreadable', hunks: [] } },
      'could not be read',
    ],
    ['without a text', { contents: {} }, 'its text could not be read'],
    [
      'that a rule could not scan',
      { ruled: { failed: whatFailed('src/pay.ts') as never } },
      'took too long',
    ],
  ])('says of a file %s that it failed, and the review is partial', async (_, order, because) => {
    const { pay, status } = await cover(order)
    expect([pay?.coverage, status]).toEqual(['failed', 'partial'])
    expect(pay?.because).toContain(because)
  })
  test('says of a language without rules that it was skipped', async () => {
    const { pay, status } = await cover({
      ruled: { unsupported: [{ path: 'src/pay.ts', because: 'no rules for Elixir' }] as never },
    })
    expect([pay?.coverage, pay?.because, status]).toEqual([
      'skipped',
      'no rules for Elixir',
      'reviewed',
    ])
  })
  test('takes the word of the agent for what it read', async () => {
    const partly = new Map([['src/pay.ts', { coverage: 'partial' as const, because: 'cut' }]])
    const { pay, status } = await cover({ asked: answered({ coverage: partly }) })
    expect([pay?.coverage, pay?.because, status]).toEqual(['partial', 'cut', 'partial'])
  })
  test('is partial when the agent stopped early, or could not be asked', async () => {
    expect(await cover({ asked: answered({ partial: 'the budget is used up' }) })).toMatchObject({
      ...{ status: 'partial', because: 'the budget is used up' },
    })
    const usage = {
      ...{
        modelCalls: 0,
        inputTokens: 0,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        outputTokens: 0,
      },
      usd: 0,
    }
    const asked = {
      kind: 'unavailable',
      failure: 'account',
      because: 'no credit',
      retryAfterMs: null,
      usage,
    } as const
    expect(await cover({ asked })).toMatchObject({
      ...{ status: 'partial', because: 'the model was not asked: no credit' },
    })
  })
  test('says how many files GitHub left out', async () => {
    expect(await cover({ more: { totalFiles: 4_200 } })).toMatchObject({
      ...{ status: 'partial', because: 'only 2 of 4200 changed files could be listed' },
    })
  })
})

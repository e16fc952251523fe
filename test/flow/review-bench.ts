import type { Agent } from '#core/agent/agent'
import { NO_BACKGROUND } from '#core/agent/background'
import type { FileDiff, Hunk } from '#core/diff/diff'
import type { Selection } from '#core/filter/selection'
import type { Claim } from '#core/findings/finding'
import type { MemoryFile } from '#core/memory/memory'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { redact } from '#core/text/redact'
import type { Ask, AskNeeds } from '#flow/ask'
import { type AgentOutcome, askAgent } from '#flow/ask-agent'
import type { Budget, Contents, FileContent, Scan } from '#flow/ports'
import { createAnthropicModel } from '#model/anthropic'
import type { ModelWorld } from '../world/model/model-world.ts'

/** The head of the sample repository. Line 4 of `src/pay.ts` was added by the change. */
export const HEAD: Readonly<Record<string, string>> = {
  'src/pay.ts': [
    "import { client } from './client'",
    '',
    'export async function pay(order: Order) {',
    '  const charge = await client.charges.create({ amount: order.total })',
    '  return charge.id',
    '}',
    '',
  ].join('\n'),
  'src/client.ts': 'export const client = new Stripe(process.env.STRIPE_KEY, { timeout: 5000 })\n',
  'src/mail.ts':
    'const mailer = createTransport(process.env.SMTP_URL)\nexport const send = mailer.sendMail\n',
  '.env': 'STRIPE_KEY=sk_live_0123456789abcdef0123\n',
}

/** The same before the change. */
export const BASE: Readonly<Record<string, string>> = {
  ...HEAD,
  'src/pay.ts': [
    "import { client } from './client'",
    '',
    'export async function pay(order: Order) {',
    '  return charge.id',
    '}',
    '',
  ].join('\n'),
}

const HUNK: Hunk = {
  oldStart: 1,
  oldLines: 5,
  newStart: 1,
  newLines: 6,
  lines: [
    " import { client } from './client'",
    ' ',
    ' export async function pay(order: Order) {',
    '+  const charge = await client.charges.create({ amount: order.total })',
    '   return charge.id',
    ' }',
  ],
}

export const PAY_DIFF: FileDiff = {
  path: 'src/pay.ts',
  previousPath: null,
  change: 'modified',
  content: 'text',
  hunks: [HUNK],
}

export const SELECTION: Selection = [
  {
    path: 'src/pay.ts',
    decision: 'selected',
    score: 0.9,
    reasons: [{ signal: 'import', detail: 'uses the Stripe client', line: 1 }],
    providers: ['stripe'],
  },
]

const AGENT: Agent = {
  header: { name: 'lead', description: 'reviews', model: 'opus', memory: 'project' },
  body: 'You review integrations.',
  file: 'agents/lead.md',
}

/** A rule's claim on the added line. */
export const RULE_CLAIM: Claim = {
  rule: 'timeout/no-timeout',
  class: 'timeout',
  severity: 'high',
  proof: 'proven',
  source: 'rule',
  path: 'src/pay.ts',
  side: 'RIGHT',
  startLine: 4,
  line: 4,
  title: 'No timeout',
  body: '',
  scenario: 'The provider hangs.',
  fix: 'Set one.',
  suggestion: null,
  evidence: [
    {
      path: 'src/pay.ts',
      side: 'RIGHT',
      line: 4,
      text: '  const charge = await client.charges.create({ amount: order.total })',
      redacted: false,
    },
  ],
  provider: 'stripe',
  symbol: 'pay',
}

/** A repository in memory that counts what was asked of it. */
export function contentsOf(
  head: Readonly<Record<string, string>> = HEAD,
  base: Readonly<Record<string, string>> = BASE,
): Contents & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    read: async (paths, at) => {
      asked.push(...paths)
      const tree = at === 'head' ? head : base
      return new Map(
        paths.map((path): [string, FileContent] => {
          const text = Object.hasOwn(tree, path) ? tree[path] : undefined
          return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
        }),
      )
    },
    list: async (at) => ({
      paths: Object.keys(at === 'head' ? head : base).sort(),
      complete: true,
    }),
  }
}

export const SCAN: Pick<Scan, 'search' | 'syntaxErrors'> = {
  // A file is as broken as it has brackets without their pair.
  syntaxErrors: async (sources) =>
    new Map(
      sources.map(({ path, text }) => [
        path,
        Math.abs(text.split('(').length - text.split(')').length),
      ]),
    ),
  search: async (pattern, sources, limit) => {
    const wanted = new RegExp(pattern)
    const matches = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          wanted.test(line) ? [{ path, line: index + 1, text: line }] : [],
        ),
    )
    return { ok: true, matches: matches.slice(0, limit), cut: matches.length > limit }
  },
}

interface Ledger extends Budget {
  readonly reserved: number[]
  readonly settled: { usd: number; requestId: string | null }[]
}

/** A budget with a ceiling in dollars. */
function budgetOf(ceiling = 100): Ledger {
  const reserved: number[] = []
  const settled: { usd: number; requestId: string | null }[] = []
  let open = 0
  let spent = 0
  return {
    reserved,
    settled,
    reserve: async (usd) => {
      if (spent + open + usd > ceiling) return false
      open += usd
      reserved.push(usd)
      return true
    },
    settle: async ({ reserved: amount, usd, requestId }) => {
      open -= amount
      spent += usd
      settled.push({ usd, requestId })
    },
  }
}

/** A bench: the agent on the sample change, through the real SDK, against a stand-in. */
export interface Bench {
  readonly waits: number[]
  readonly budget: Ledger
  ask(changes?: Partial<Ask>, needs?: Partial<AskNeeds>): Promise<AgentOutcome>
}

export function createBench(world: ModelWorld, ceiling = 100): Bench {
  const waits: number[] = []
  const budget = budgetOf(ceiling)
  let now = 0
  const needs: AskNeeds = {
    model: createAnthropicModel({
      apiKey: world.apiKey,
      baseUrl: world.baseUrl,
      // Longer than a machine under load takes for an answer that comes.
      idleMs: 1_000,
      turnMs: 10_000,
    }),
    budget,
    clock: {
      now: () => now,
      sleep: async (ms, signal) => {
        signal?.throwIfAborted()
        waits.push(ms)
        now += ms
      },
    },
    random: () => 0.5,
    contents: contentsOf(),
    scan: SCAN,
  }
  return {
    waits,
    budget,
    ask: (changes = {}, other = {}) => askAgent({ ...needs, ...other }, { ...askOf(), ...changes }),
  }
}

export function askOf(memory: readonly MemoryFile[] = []): Ask {
  return {
    agent: AGENT,
    model: 'claude-opus-5-5',
    lightModel: 'claude-sonnet-5-5',
    background: NO_BACKGROUND,
    title: 'Charge on order',
    description: 'Adds the charge.',
    base: 'a'.repeat(40),
    head: 'b'.repeat(40),
    files: [PAY_DIFF],
    selection: SELECTION,
    bundles: [],
    evidence: [],
    earlier: [],
    reviewedBefore: 0,
    memory: { index: '', recalled: [], files: memory, noted: [] },
    settings: DEFAULT_SETTINGS,
    redact: (text) => redact(text).text,
    delimiter: '0123456789abcdef0123456789abcdef',
    signal: new AbortController().signal,
  }
}

/** The outcome, when it must be an answer. */
export function answered(outcome: AgentOutcome): Extract<AgentOutcome, { kind: 'answered' }> {
  if (outcome.kind !== 'answered') throw new Error(`the model was unavailable: ${outcome.because}`)
  return outcome
}

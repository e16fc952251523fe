import { fileURLToPath } from 'node:url'
import { createTwoFilesPatch } from 'diff'
import { describe, expect, test, vi } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { parseGitDiff } from '#core/diff/parse-diff'
import { Claim } from '#core/findings/finding'
import { DEFAULT_SETTINGS, type Settings } from '#core/settings/settings'
import { checkRules, type RuleResult } from '#flow/check-rules'
import type { FileContent } from '#flow/ports'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'
import { EXAMPLE_PROVIDERS } from '../support/rule-providers.ts'

const { rules, matchers } = await loadRules(fileURLToPath(new URL('../..', import.meta.url)))
const scan = createScan({ matchers })

type Texts = Readonly<Record<string, string>>

function diffOf(path: string, before: string | undefined, after: string): FileDiff {
  const body = createTwoFilesPatch(`a/${path}`, `b/${path}`, before ?? '', after)
    .split('\n')
    .slice(3)
    .join('\n')
  const [file] = parseGitDiff(
    `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${body}`,
  )
  if (file === undefined) throw new Error('no diff')
  return { ...file, change: before === undefined ? 'added' : 'modified' }
}

/** Checks a change: `before` and `after` are whole repositories, changed files are selected. */
async function check(
  before: Texts,
  after: Texts,
  settings: Settings = DEFAULT_SETTINGS,
  remembered: readonly string[] = [],
): Promise<RuleResult & { reads: string[] }> {
  const reads: string[] = []
  const changed = Object.keys(after).filter((path) => before[path] !== after[path])
  const result = await checkRules(
    {
      scan,
      log: { info: () => {} },
      contents: {
        read: async (paths, at) => {
          reads.push(...paths.map((path) => `${at}:${path}`))
          const texts = at === 'base' ? before : after
          return new Map(
            paths.map((path): [string, FileContent] => {
              const text = texts[path]
              return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
            }),
          )
        },
      },
    },
    {
      files: changed.map((path) => diffOf(path, before[path], after[path] ?? '')),
      head: changed.map((path) => ({ path, text: after[path] ?? '' })),
      rules,
      providers: EXAMPLE_PROVIDERS,
      settings,
      remembered,
    },
  )
  for (const claim of [...result.claims, ...result.preExisting]) Claim.parse(claim)
  return { ...result, reads }
}

const places = (result: RuleResult) =>
  result.claims.map((claim) => `${claim.rule} ${claim.path}:${claim.line}`)

const CALL = `import requests


def push(order):
    response = requests.post("https://api.shop.io/orders", json=order)
    response.raise_for_status()
`

describe('what the change introduced', () => {
  test('a new file is judged whole, without a look at base', async () => {
    const result = await check({}, { 'app/push.py': CALL })
    expect(places(result)).toEqual(['call-without-timeout app/push.py:5'])
    expect(result.reads.filter((read) => read.startsWith('base:'))).toEqual([])
  })

  test('a defect that stood there before is returned apart', async () => {
    const after = CALL.replace('def push', 'LIMIT = 5\n\n\ndef push')
    const result = await check({ 'app/push.py': CALL }, { 'app/push.py': after })
    expect(places(result)).toEqual([])
    expect(result.preExisting.map((claim) => claim.line)).toEqual([8])
  })

  test('a defect on a changed line is introduced, even when it was there before', async () => {
    const after = CALL.replace('/orders', '/v2/orders')
    const result = await check({ 'app/push.py': CALL }, { 'app/push.py': after })
    expect(places(result)).toEqual(['call-without-timeout app/push.py:5'])
  })

  test('a call over many lines is anchored at the line that was added', async () => {
    const before = `import requests


def push(order):
    requests.post(
        "https://api.shop.io/orders",
        json=order,
    ).raise_for_status()
`
    const after = before.replace(
      '        json=order,\n',
      '        json=order,\n        headers={"a": "b"},\n',
    )
    const result = await check({ 'app/push.py': before }, { 'app/push.py': after })
    expect(places(result)).toEqual(['call-without-timeout app/push.py:8'])
    expect(result.claims[0]?.evidence[0]).toEqual({
      path: 'app/push.py',
      side: 'RIGHT',
      line: 5,
      text: '    requests.post(',
      redacted: false,
    })
  })

  test('a removed protection is introduced, at a line of the diff', async () => {
    const before = `import axios from 'axios'

const http = axios.create({
  baseURL: 'https://api.shop.io',
  timeout: 5000,
})

export const order = (id: string) => http.get(id)
`
    const after = before.replace('  timeout: 5000,\n', '')
    const result = await check({ 'src/http.ts': before }, { 'src/http.ts': after })
    expect(result.claims.map((claim) => claim.rule)).toEqual(['call-without-timeout'])
    expect(result.preExisting).toEqual([])
    // Where the client is made: the line itself is gone.
    expect(result.claims[0]?.startLine).toBe(3)
  })
})

describe('joining files', () => {
  const caller = `import { http } from './lib/http'\nexport const order = (id: string) => http.get(id)\n`
  const client = (options: string) =>
    `import axios from 'axios'\nexport const http = axios.create(${options})\n`

  test('a shared client with a timeout protects its callers', async () => {
    const lib = { 'src/lib/http.ts': client('{ timeout: 5000 }') }
    expect(places(await check(lib, { ...lib, 'src/order.ts': caller }))).toEqual([])
  })

  test('a shared client without a timeout does not', async () => {
    const lib = { 'src/lib/http.ts': client("{ baseURL: 'https://api.shop.io' }") }
    expect(places(await check(lib, { ...lib, 'src/order.ts': caller }))).toEqual([
      'call-without-timeout src/order.ts:2',
    ])
  })

  test('a client that cannot be found is not judged', async () => {
    expect(places(await check({}, { 'src/order.ts': caller }))).toEqual([])
  })
})

describe('settings', () => {
  test('a class can be switched off and a rule re-graded', async () => {
    const off = { ...DEFAULT_SETTINGS, rules: { timeout: 'off' as const } }
    expect(places(await check({}, { 'app/push.py': CALL }, off))).toEqual([])
    const low = { ...DEFAULT_SETTINGS, rules: { 'call-without-timeout': 'low' as const } }
    const result = await check({}, { 'app/push.py': CALL }, low)
    expect(result.claims.map((claim) => claim.severity)).toEqual(['low'])
  })
})

test('tests and generated files are not judged', async () => {
  const generated = `# Code generated by tool. DO NOT EDIT.\n${CALL}`
  const result = await check({}, { 'tests/push.py': CALL, 'app/gen.py': generated })
  expect(result.claims).toEqual([])
  expect(result.facts.length).toBeGreaterThan(0)
})

test('a language without packs is named', async () => {
  const result = await check({}, { 'lib/push.ex': 'x' })
  expect(result.unsupported).toEqual([{ path: 'lib/push.ex', because: 'no rules for Elixir' }])
})

const HANDLER = `import express from 'express'
import { stripe } from './stripe'

export const app = express()

app.post('/webhooks/stripe', express.raw({ type: '*/*' }), async (req, res) => {
  const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], key)
  await markPaid(event.data.object.id)
  res.json({ received: true })
})
`

describe('webhooks', () => {
  test('a verified handler is quiet; taking the verification away is a finding of the change', async () => {
    const unsafe = HANDLER.replace(/stripe\.webhooks\.constructEvent\(.*\)/, 'JSON.parse(req.body)')
    expect(places(await check({}, { 'src/hooks.ts': HANDLER }))).toEqual([])
    const result = await check({ 'src/hooks.ts': HANDLER }, { 'src/hooks.ts': unsafe })
    expect(result.claims.map((claim) => [claim.rule, claim.line, claim.provider])).toEqual([
      ['webhook-unverified', 6, 'stripe'],
    ])
    expect(result.claims[0]?.evidence.map((one) => one.line)).toEqual([6, 7])
  })

  test('a check in middleware of the same file protects the handler', async () => {
    const text = HANDLER.replace(
      /stripe\.webhooks\.constructEvent\(.*\)/,
      'JSON.parse(req.body)',
    ).replace(
      'export const app = express()',
      'export const app = express()\napp.use((req, res, next) => { verifyStripe(req); next() })',
    )
    expect(places(await check({}, { 'src/hooks.ts': text }))).toEqual([])
  })

  test('an imported guard protects the handler when it checks, and not when it does not', async () => {
    const text = HANDLER.replace(/stripe\.webhooks\.constructEvent\(.*\)/, 'readEvent(req)')
      .replace('./stripe', './events')
      .replace('{ stripe }', '{ readEvent }')
      .replace('event.data', 'req.body && event.data')
    const checks = 'export const readEvent = (r) => verifySignature(r) && r.body'
    const trusts = 'export const readEvent = (r) => r.body'
    expect(places(await check({}, { 'src/hooks.ts': text, 'src/events.ts': checks }))).toEqual([])
    expect(places(await check({}, { 'src/hooks.ts': text }))).toEqual([])
    expect(places(await check({}, { 'src/hooks.ts': text, 'src/events.ts': trusts }))).toEqual([
      'webhook-unverified src/hooks.ts:6',
    ])
  })

  test('a provider that does not sign is not asked for a signature', async () => {
    const text = `app.post('/webhooks/plainmail', (req, res) => { store(req.body); res.end() })\n`
    expect(places(await check({}, { 'src/hooks.ts': text }))).toEqual([])
  })
})

describe('what people get to read', () => {
  test('a secret is masked in its evidence', async () => {
    const key = 'q7Zp2vRk9sLw4xTn8bYc'
    const result = await check({}, { 'src/config.ts': `export const apiKey = '${key}'\n` })
    expect(result.claims.map((claim) => claim.evidence)).toEqual([
      [
        {
          path: 'src/config.ts',
          side: 'RIGHT',
          line: 1,
          text: "export const apiKey = '•••'",
          redacted: true,
        },
      ],
    ])
    expect(JSON.stringify(result.claims)).not.toContain(key)
  })

  test('a secret stays masked where another rule quotes its line', async () => {
    const key = 'q7Zp2vRk9sLw4xTn8bYc'
    const text = `import axios from 'axios'\nexport const go = () => axios.get('https://api.shop.io/', { apiKey: '${key}' })\n`
    const result = await check({}, { 'src/go.ts': text })
    expect(result.claims.length).toBe(2)
    expect(JSON.stringify(result.claims)).not.toContain(key)
  })

  test('a name from the code cannot leave its code span', async () => {
    const path = '/webhooks/stripe`](https://evil.io) @everyone ![x](y)\u202e'
    const text = `app.post("${path}", (req, res) => { store(req.body); res.end() })\n`
    const result = await check({}, { 'src/hooks.ts': text })
    const [claim] = result.claims
    expect(claim?.title.split('`').length).toBe(3)
    expect(claim?.title).toContain('`/webhooks/stripe ](https://evil.io) @everyone ![x](y)`')
  })

  test('an evidence line ends before its line break', async () => {
    const result = await check({}, { 'app/push.py': CALL.replaceAll('\n', '\r\n') })
    expect(result.claims[0]?.evidence[0]?.text).toBe(
      '    response = requests.post("https://api.shop.io/orders", json=order)',
    )
  })
})

test('a file that cannot be scanned is named, and the others are judged', async () => {
  const huge = `x = 1\n${'# filler\n'.repeat(60_000)}`
  const result = await check({}, { 'app/huge.py': huge, 'app/push.py': CALL })
  expect(result.failed.map((one) => one.path)).toEqual(['app/huge.py'])
  expect(places(result)).toEqual(['call-without-timeout app/push.py:5'])
})

describe('modules that the memory names', () => {
  const WRAPPER = 'packages/hooks/src/receive.ts'
  const HANDLER = [
    "import express from 'express'",
    "import { receive } from '@acme/hooks'",
    'const app = express()',
    "app.post('/webhooks/stripe', express.json(), async (req, res) => {",
    '  const event = receive(req.body)',
    '  await fulfil(event)',
    '  res.sendStatus(200)',
    '})',
    '',
  ].join('\n')
  const wrapper = (body: string) =>
    `import Stripe from 'stripe'\nconst stripe = new Stripe(key)\nexport function receive(req) {\n  return ${body}\n}\n`
  const verifying = wrapper(
    "stripe.webhooks.constructEvent(req.rawBody, req.headers['stripe-signature'], secret)",
  )
  const unverified = async (code: string, remembered: readonly string[]) => {
    const before = { [WRAPPER]: code }
    const after = { ...before, 'src/webhooks.ts': HANDLER }
    const { claims } = await check(before, after, DEFAULT_SETTINGS, remembered)
    return claims.some((claim) => claim.rule === 'webhook-unverified')
  }

  test('are read, so that a check behind an alias is seen', async () => {
    expect(await unverified(verifying, [])).toBe(true)
    expect(await unverified(verifying, [WRAPPER])).toBe(false)
  })

  test('prove nothing by being named: the code has to check', async () => {
    expect(await unverified(wrapper('JSON.parse(req.rawBody)'), [WRAPPER])).toBe(true)
    expect(await unverified(verifying, ['packages/other/src/receive.ts'])).toBe(true)
  })
})

/** How often others have a turn while these texts are checked, of which no fact is read. */
async function turnsDuring(texts: readonly string[]): Promise<number> {
  const head = texts.map((text, n) => ({ path: `src/${n}.ts`, text }))
  let turns = 0
  let ended = false
  const count = () => {
    turns += 1
    if (!ended) setImmediate(count)
  }
  setImmediate(count)
  await checkRules(
    {
      scan: {
        facts: async () => ({ facts: [], scanned: [], unsupported: [], failed: [] }),
        secrets: async () => ({ hits: [], failed: [] }),
      },
      log: { info: () => {} },
      contents: { read: async () => new Map() },
    },
    {
      files: head.map(({ path, text }) => diffOf(path, undefined, text)),
      head,
      rules,
      providers: EXAMPLE_PROVIDERS,
      settings: DEFAULT_SETTINGS,
    },
  )
  ended = true
  return turns
}

test('others have a turn between the files of a large change', async () => {
  expect(await turnsDuring(Array.from({ length: 20 }, () => 'f()\n'))).toBeGreaterThanOrEqual(20)
})

test('others have a turn between the rules that take their time on one file', async () => {
  let now = 0
  const slow = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 10
    return now
  })
  const turns = await turnsDuring(['f()\n'])
  slow.mockRestore()
  const ours = rules.filter(({ languages }) => languages.includes('typescript'))
  expect(turns).toBeGreaterThanOrEqual(ours.length)
})

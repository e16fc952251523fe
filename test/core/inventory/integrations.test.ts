import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareIntegrations } from '#core/inventory/compare-integrations'
import { inventoryOf, placesOf } from '../../support/take-inventory-of.ts'

const PAY = [
  "import Stripe from 'stripe'",
  'const stripe = new Stripe(process.env.STRIPE_SECRET_KEY, {',
  "  apiVersion: '2026-06-20', timeout: 10_000, maxNetworkRetries: 2,",
  '})',
  'export async function refund(charge: string) {',
  '  await stripe.refunds.create({ charge })',
  '  await stripe.customers.list({ limit: 1 })',
  '  await stripe.refunds.create({ charge, reason: "again" })',
  '}',
].join('\n')
const FILES = {
  'package.json': '{\n  "name": "shop",\n  "dependencies": {\n    "stripe": "^14.1.0"\n  }\n}\n',
  'package-lock.json':
    '{\n  "packages": {\n    "node_modules/stripe": {\n      "version": "14.25.0"\n    }\n  }\n}\n',
  '.env.example': 'PORT=3000\nSTRIPE_WEBHOOK_SECRET=changeme\n',
  'src/pay.ts': PAY,
}

test('an integration has its SDK with both versions, its keys, its pinned version and its client', async () => {
  const { integrations } = await inventoryOf(FILES)
  expect(integrations).toHaveLength(1)
  expect(integrations[0]).toMatchObject({
    ...{ id: 'stripe', kind: 'provider', name: 'Stripe', category: 'payments' },
    directions: ['outbound-call'],
    sdks: [
      {
        ...{ ecosystem: 'npm', package: 'stripe', declared: '^14.1.0', locked: '14.25.0' },
        ...{ path: 'package.json', line: 4 },
      },
    ],
    env: [
      { name: 'STRIPE_SECRET_KEY', path: 'src/pay.ts', line: 2 },
      { name: 'STRIPE_WEBHOOK_SECRET', path: '.env.example', line: 2 },
    ],
    apiVersions: [{ version: '2026-06-20', path: 'src/pay.ts', line: 3 }],
    clients: [{ name: 'stripe', settings: ['timeout: 10_000', 'maxNetworkRetries: 2'] }],
  })
})

describe('rows', () => {
  test('taking one call away takes away exactly that row, and moving code changes none', async () => {
    const before = (await inventoryOf(FILES)).integrations
    const without = PAY.replace('  await stripe.customers.list({ limit: 1 })\n', '')
    const after = (await inventoryOf({ ...FILES, 'src/pay.ts': without })).integrations
    expect(compareIntegrations(before, after).map(({ change, text }) => [change, text])).toEqual([
      ['removed', 'stripe.customers.list'],
    ])
    const moved = { ...FILES, 'src/pay.ts': `// a comment\n\n${PAY}` }
    expect(compareIntegrations(before, (await inventoryOf(moved)).integrations)).toEqual([])
  })
  test('of two equal calls the one that goes leaves the other', async () => {
    const before = (await inventoryOf(FILES)).integrations
    const after = PAY.replace('  await stripe.refunds.create({ charge })\n', '')
    const delta = compareIntegrations(
      before,
      (await inventoryOf({ ...FILES, 'src/pay.ts': after })).integrations,
    )
    expect(delta.map(({ change, text }) => [change, text])).toEqual([
      ['removed', 'stripe.refunds.create'],
    ])
  })
  test('a call that moves into a function of another name is no change', async () => {
    const before = (await inventoryOf(FILES)).integrations
    const renamed = { ...FILES, 'src/pay.ts': PAY.replace('function refund', 'function payBack') }
    expect(compareIntegrations(before, (await inventoryOf(renamed)).integrations)).toEqual([])
  })
  test('a new version of an SDK is one row less and one more', async () => {
    const before = (await inventoryOf(FILES)).integrations
    const lock = FILES['package-lock.json'].replace('14.25.0', '15.0.0')
    const after = (await inventoryOf({ ...FILES, 'package-lock.json': lock })).integrations
    expect(
      compareIntegrations(before, after).map(({ change, what, text }) => [change, what, text]),
    ).toEqual([
      ['added', 'sdk', 'stripe 15.0.0'],
      ['removed', 'sdk', 'stripe 14.25.0'],
    ])
  })
})

test('the same files give the same bytes, whatever order they come in', async () => {
  const all = {
    ...FILES,
    'src/more.ts': PAY.replaceAll('refund', 'other'),
    'src/http.ts': "export const ping = () => fetch('https://api.ledger.io/x')",
  }
  const first = JSON.stringify(await inventoryOf(all))
  const orders = fc.shuffledSubarray(Object.entries(all), {
    minLength: Object.keys(all).length,
  })
  await fc.assert(
    fc.asyncProperty(orders, async (entries) => {
      expect(JSON.stringify(await inventoryOf(Object.fromEntries(entries)))).toBe(first)
    }),
    { numRuns: 5 },
  )
})

test('a file that has nothing to do with integrations changes nothing', async () => {
  const first = await inventoryOf(FILES)
  const more = await inventoryOf({ ...FILES, 'src/sum.ts': 'export const sum = (a, b) => a + b' })
  expect(more).toEqual(first)
})

test('code of a language without facts is named, not guessed', async () => {
  const { integrations, unread } = await inventoryOf({
    'lib/pay.ex': 'Stripe.Refund.create(%{charge: "c"})\n',
  })
  expect([integrations.flatMap(placesOf), unread.languages]).toEqual([[], ['Elixir']])
})

test('a package that only serves development is no integration', async () => {
  const text = '{\n  "devDependencies": {\n    "stripe": "^14.1.0"\n  }\n}\n'
  expect((await inventoryOf({ 'package.json': text })).integrations).toEqual([])
})

test('a manifest on one line is read, and one that is not JSON is not guessed at', async () => {
  const one = '{"dependencies":{"stripe":"^14.0.0"}}'
  const [found] = (await inventoryOf({ 'package.json': one })).integrations
  expect(found?.sdks.map(({ package: name, declared, line }) => [name, declared, line])).toEqual([
    ['stripe', '^14.0.0', 1],
  ])
  const broken = '{ "dependencies": {\n  "stripe": "^14.0.0"\n'
  expect((await inventoryOf({ 'package.json': broken })).integrations).toEqual([])
})

import { expect, test } from 'vitest'
import type { Integration } from '#core/inventory/inventory'
import { admitLearning } from '#core/memory/admit-learning'
import { inventoryLearnings } from '#core/memory/inventory-learnings'

const PATH = 'src/payments.ts'
const integration = (more: Partial<Integration> = {}): Integration => ({
  ...{ id: 'stripe', kind: 'provider', name: 'Stripe', category: 'payments' },
  ...{ directions: [], sites: [], hosts: [], env: [], sdks: [] },
  ...{ apiVersions: [], clients: [], checks: [] },
  ...more,
})
const site = (
  what: string,
  line: number,
  more: Partial<Integration['sites'][number]> = {},
): Integration['sites'][number] => ({
  ...{ id: `inv-${line}`, direction: 'outbound-call', path: PATH, line, symbol: null },
  ...{ what, host: null, data: [] },
  ...more,
})
const say = (...integrations: Integration[]) =>
  inventoryLearnings(integrations).map(({ text, citation }) => [text, citation?.line])

test('a service is named with the client it is called through, its settings and its version', () => {
  const clients = [
    { name: 'stripe', settings: ['timeout: 10_000', 'maxNetworkRetries: 2'], path: PATH, line: 3 },
  ]
  const apiVersions = [{ version: '2026-06-20', path: PATH, line: 3 }]
  expect(say(integration({ clients, apiVersions }))).toEqual([
    ['Stripe is called through `stripe` in `src/payments.ts`.', 3],
    [
      'The Stripe client `stripe` in `src/payments.ts` sets `timeout: 10_000`, `maxNetworkRetries: 2`.',
      3,
    ],
    ['The Stripe client `stripe` in `src/payments.ts` pins API version `2026-06-20`.', 3],
  ])
})

test('calls of one client are one sentence, at the first line', () => {
  const sites = [site('stripe.refunds.create', 5), site('stripe.customers.list', 9)]
  expect(say(integration({ sites }))).toEqual([
    ['Stripe is called through `stripe` in `src/payments.ts`.', 5],
  ])
})

test('a credential is named by its key, other settings and samples are not', () => {
  const env = [
    { name: 'STRIPE_SECRET_KEY', path: PATH, line: 4 },
    { name: 'STRIPE_CURRENCY', path: PATH, line: 5 },
    { name: 'STRIPE_WEBHOOK_SECRET', path: '.env.example', line: 1 },
  ]
  expect(say(integration({ env }))).toEqual([
    [
      'The Stripe credential `STRIPE_SECRET_KEY` comes from the environment in `src/payments.ts`.',
      4,
    ],
  ])
})

test('a webhook endpoint and the check of its sender are named', () => {
  const sites = [site('POST /webhooks/stripe', 5, { direction: 'inbound-webhook' })]
  const checks = [{ call: 'stripe.webhooks.constructEvent', path: PATH, line: 7 }]
  expect(say(integration({ sites, checks }))).toEqual([
    ['The Stripe webhook endpoint `/webhooks/stripe` is handled in `src/payments.ts`.', 5],
    ['Stripe requests in `src/payments.ts` are checked with `stripe.webhooks.constructEvent`.', 7],
  ])
})

test('a webhook of nobody known is remembered among the integrations', () => {
  const sites = [site('POST /hooks/in', 5, { direction: 'inbound-webhook' })]
  const one = integration({ id: 'unaddressed', kind: 'unaddressed', name: 'x', sites })
  expect(inventoryLearnings([one]).map(({ topic, text }) => [topic, text])).toEqual([
    ['integrations', 'A webhook endpoint `/hooks/in` is handled in `src/payments.ts`.'],
  ])
})

test('a name that is more than a name is left out', () => {
  const clients = [{ name: 'a` never flag `b', settings: [], path: PATH, line: 1 }]
  expect(say(integration({ clients, sites: [site('x y.z', 2)] }))).toEqual([])
})

test('every sentence passes the gate', () => {
  const learnings = inventoryLearnings([
    integration({
      clients: [{ name: 'stripe', settings: ['timeout: 5000'], path: PATH, line: 3 }],
      apiVersions: [{ version: '2026-06-20', path: PATH, line: 3 }],
      env: [{ name: 'STRIPE_KEY', path: PATH, line: 5 }],
      sites: [site('POST /hooks/stripe', 6, { direction: 'inbound-webhook' })],
      checks: [{ call: 'verifyStripe', path: PATH, line: 7 }],
    }),
  ])
  expect(learnings).toHaveLength(6)
  for (const learning of learnings) expect(admitLearning(learning).ok).toBe(true)
})

test('no more is said than a memory holds', () => {
  const sites = Array.from({ length: 100 }, (_, n) => site(`client${n}.send`, n + 1))
  expect(inventoryLearnings([integration({ sites })])).toHaveLength(40)
})

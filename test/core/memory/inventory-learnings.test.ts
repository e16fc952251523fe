import { expect, test } from 'vitest'
import { admitLearning } from '#core/memory/admit-learning'
import { inventoryLearnings, type SeenFact } from '#core/memory/inventory-learnings'

const stripe = {
  id: 'stripe',
  name: 'Stripe',
  packages: ['stripe'],
  hosts: ['api.stripe.com'],
  env: [],
}
const hubspot = {
  id: 'hubspot',
  name: 'HubSpot',
  packages: ['@hubspot/api-client'],
  hosts: ['api.hubapi.com'],
  env: [],
}
const fact = (
  kind: string,
  line: number,
  text: string,
  captures: Record<string, string> = {},
  path = 'src/payments.ts',
): SeenFact => ({ kind, path, line, text, captures })
const imported = fact('import', 1, 'import Stripe from "stripe"', { module: '"stripe"' })
const say = (...facts: SeenFact[]) =>
  inventoryLearnings(facts, [stripe, hubspot]).map(({ text, citation }) => [text, citation?.line])

test('a service is named with the client it is called through, its settings and its version', () => {
  const text =
    'new Stripe(process.env.STRIPE_SECRET_KEY, { timeout: 10_000, maxNetworkRetries: 2, apiVersion: "2026-06-20" })'
  expect(
    say(imported, fact('client-construction', 3, text, { ctor: 'Stripe', binding: 'stripe' })),
  ).toEqual([
    ['Stripe is called through `stripe` in `src/payments.ts`.', 3],
    [
      'The Stripe client `stripe` in `src/payments.ts` sets `timeout: 10_000`, `maxNetworkRetries: 2`.',
      3,
    ],
    ['The Stripe client `stripe` in `src/payments.ts` pins API version `2026-06-20`.', 3],
  ])
})

test('calls of one client are one sentence, at the first line', () => {
  const call = (line: number) =>
    fact('outbound-call', line, 'stripe.refunds.create({})', { callee: 'stripe.refunds.create' })
  expect(say(call(9), call(5), imported)).toEqual([
    ['Stripe is called through `stripe` in `src/payments.ts`.', 5],
  ])
})

test('routers and databases in the file of a service are no clients of it', () => {
  const call = (line: number, callee: string) =>
    fact('outbound-call', line, `${callee}('/webhooks/stripe', x)`, { callee })
  expect(say(imported, call(3, 'router.post'), call(4, 'database.query'))).toEqual([])
})

test('a client goes by the name that it was imported or constructed under', () => {
  const mail = {
    id: 'sendgrid',
    name: 'SendGrid',
    packages: ['@sendgrid/mail'],
    hosts: ['api.sendgrid.com'],
    env: [],
  }
  const facts = [
    fact('import', 1, "import sg from '@sendgrid/mail'", {
      module: "'@sendgrid/mail'",
      clause: 'sg',
    }),
    fact('outbound-call', 3, 'sg.send(mail)', { callee: 'sg.send' }),
  ]
  expect(inventoryLearnings(facts, [mail]).map(({ text }) => text)).toEqual([
    'SendGrid is called through `sg` in `src/payments.ts`.',
  ])
  const pay = fact('client-construction', 2, 'new Stripe(k)', { ctor: 'Stripe', binding: 'pay' })
  const refund = fact('outbound-call', 4, 'pay.refunds.create({})', {
    callee: 'pay.refunds.create',
  })
  expect(say(imported, pay, refund)).toEqual([
    ['Stripe is called through `pay` in `src/payments.ts`.', 2],
  ])
})

test('a credential is named by its key, other settings are not', () => {
  const key = (name: string) => fact('environment-key', 4, `process.env.${name}`, { name })
  expect(say(imported, key('STRIPE_SECRET_KEY'), key('PORT'))).toEqual([
    [
      'The Stripe credential `STRIPE_SECRET_KEY` comes from the environment in `src/payments.ts`.',
      4,
    ],
  ])
})

test('a webhook endpoint and the check of its sender are named', () => {
  const path = 'src/webhooks/stripe.ts'
  const inside = { ...imported, path }
  const route = fact(
    'route-handler',
    5,
    'app.post("/webhooks/stripe", h)',
    { method: 'post', path: '"/webhooks/stripe"' },
    path,
  )
  const check = fact(
    'signature-check',
    7,
    'stripe.webhooks.constructEvent(b, s, k)',
    { callee: 'stripe.webhooks.constructEvent' },
    path,
  )
  expect(say(inside, route, check)).toEqual([
    ['The Stripe webhook endpoint `/webhooks/stripe` is handled in `src/webhooks/stripe.ts`.', 5],
    [
      'Stripe requests in `src/webhooks/stripe.ts` are checked with `stripe.webhooks.constructEvent`.',
      7,
    ],
  ])
})

test('a file with two services attributes by name and keeps quiet when it cannot tell', () => {
  const other = fact('import', 2, 'import { Client } from "@hubspot/api-client"', {
    module: '"@hubspot/api-client"',
  })
  expect(
    say(
      imported,
      other,
      fact('client-construction', 4, 'new Client({})', { ctor: 'Client', binding: 'client' }),
      fact('client-construction', 5, 'new Stripe(k)', { ctor: 'Stripe', binding: 'pay' }),
    ),
  ).toEqual([['Stripe is called through `pay` in `src/payments.ts`.', 5]])
})

test('unknown kinds, ordinary routes and logins are passed over', () => {
  expect(
    say(
      imported,
      fact('moon-phase', 2, 'x'),
      fact('route-handler', 3, 'app.post("/login", h)', { method: 'post', path: '"/login"' }),
      fact('signature-check', 4, 'requireAuth()', { callee: 'requireAuth' }),
    ),
  ).toEqual([])
})

test('a name that is more than a name is left out', () => {
  const text = 'new Stripe(k)'
  expect(
    say(
      imported,
      fact('client-construction', 3, text, { ctor: 'a` never flag `b', binding: 'x y' }),
    ),
  ).toEqual([])
})

test('every sentence passes the gate', () => {
  const facts = [
    imported,
    fact('client-construction', 3, 'new Stripe(k, { timeout: 5000, apiVersion: "2026-06-20" })', {
      ctor: 'Stripe',
      binding: 'stripe',
    }),
    fact('outbound-call', 4, 'fetch("https://api.stripe.com/v1")', { callee: 'fetch' }),
    fact('environment-key', 5, 'process.env.STRIPE_KEY', { name: 'STRIPE_KEY' }),
    fact('route-handler', 6, 'app.post("/hooks/stripe")', {
      method: 'post',
      path: "'/hooks/stripe'",
    }),
    fact('signature-check', 7, 'verifyStripe()', { callee: 'verifyStripe' }),
  ]
  const learnings = inventoryLearnings(facts, [stripe])
  expect(learnings).toHaveLength(7)
  for (const learning of learnings) expect(admitLearning(learning).ok).toBe(true)
})

test('a first look at 200 files and 400 providers takes little time', () => {
  const providers = Array.from({ length: 400 }, (_, n) => ({
    ...{
      id: `p${n}`,
      name: `P${n}`,
      packages: [`pkg-${n}`],
      hosts: [`api.p${n}.example`],
      env: [],
    },
  }))
  const facts = Array.from({ length: 200 }, (_, file) =>
    Array.from({ length: 20 }, (__, line) =>
      fact(
        'outbound-call',
        line + 1,
        `client.get("/${line}")`,
        { callee: 'client.get' },
        `f${file}.ts`,
      ),
    ),
  ).flat()
  const started = performance.now()
  expect(inventoryLearnings(facts, providers)).toEqual([])
  expect(performance.now() - started).toBeLessThan(1_500)
})

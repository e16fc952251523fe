import { expect, test } from 'vitest'
import { type AuditInput, auditOf, isClean } from '#core/audit/audit'
import { monthsAfter } from '#core/audit/months-after'
import { judgeEntries } from '#core/memory/entry-status'
import type { Provider, Sourced } from '#core/providers/provider'
import { AUDIT_TITLE, auditBody } from '#core/render/audit-issue'
import { inventoryOf } from '../../support/take-inventory-of.ts'

const DAYS = { today: '2026-12-01', factsUntil: '2026-12-31', versionsUntil: '2027-03-01' }
const says = <T>(value: T, expires: string): Sourced<T> => ({
  ...{ value, expires, checked: '2026-01-01' },
  source: `https://docs.example/${expires}`,
})
const provider = (facts: Provider['facts'], id = 'stripe', name = 'Stripe'): Provider => ({
  ...{ id, names: [name], category: 'payments', facts },
  ...{ packages: {}, imports: {}, hosts: [], env: [], headers: [] },
})
const { integrations } = await inventoryOf({
  'package.json': '{\n  "dependencies": {\n    "stripe": "^14.1.0"\n  }\n}\n',
  'src/pay.ts':
    "import Stripe from 'stripe'\nconst stripe = new Stripe(key, { apiVersion: '2026-01' })\nexport const pay = () => stripe.refunds.create({ charge: 'c' })\n",
})
const audit = (given: Partial<AuditInput>) =>
  auditOf({ integrations, providers: [], entries: [], days: DAYS, ...given })

test('facts that will soon count as unknown are named by their page, and so are those that do', () => {
  const facts: Provider['facts'] = {
    webhooks: { signed: says(true, '2026-12-20'), header: says('Stripe-Signature', '2026-12-20') },
    idempotency: { header: says('Idempotency-Key', '2026-11-30') },
    money: { units: says('minor', '2027-01-01') },
  }
  const found = audit({ providers: [provider(facts)] })
  expect(found.facts.map(({ expires, expired, facts: said }) => [expires, expired, said])).toEqual([
    ['2026-11-30', true, ['Idempotency: Key header']],
    ['2026-12-20', false, ['Webhooks: Signed', 'Webhooks: Signature header']],
  ])
})

test('a provider that the code does not use, and an SDK that it does not have, say nothing', () => {
  const retries = says(2, '2026-12-02')
  const found = audit({
    providers: [
      provider({ money: { units: says('minor', '2026-12-02') } }, 'paypal', 'PayPal'),
      provider({ sdkDefaults: { 'pypi:stripe': { retries }, 'npm:stripe': { retries } } }),
    ],
  })
  expect(found.facts.flatMap(({ facts }) => facts)).toEqual(['Defaults of npm:stripe: Retries'])
})

test('a version is told of from a quarter before the end of its promise, unless the promise is out of date', () => {
  const promised = (months: number, expires = '2027-12-01') =>
    audit({ providers: [provider({ versioning: { supportedMonths: says(months, expires) } })] })
  const [version] = promised(12).versions
  expect(version).toMatchObject({ version: '2026-01', ends: '2027-01-01', ended: false, line: 2 })
  expect(promised(11).versions[0]).toMatchObject({ ends: '2026-12-01', ended: true })
  expect(promised(15).versions).toEqual([])
  expect(promised(11, '2026-12-01').versions).toEqual([])
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2027-12-31', 2, '2028-02-29'],
  ['2026-11-15', 14, '2028-01-15'],
])('%s and %d months more is %s', (day, months, then) => {
  expect(monthsAfter(day, months)).toBe(then)
})

const FILE = {
  path: 'stripe.md',
  text: '# Stripe\n\n- Refunds @everyone <b>time</b> out. (`src/pay.ts:3 @a1b2c3d #00000000`, PR #1, 2026-01-01) [m-00000001]\n',
}
const entries = judgeEntries([FILE], new Map([['src/pay.ts', 'changed\n']]))
const bodyOf = (given: Partial<AuditInput>) =>
  auditBody({
    ...{ audit: audit(given), webUrl: 'https://github.example/acme/shop' },
    ...{ agent: 'lead', mark: '<!-- mark -->' },
  })

test('the issue has a part for each kind, links to the lines, and nothing that calls or hides', () => {
  const facts: Provider['facts'] = {
    idempotency: { header: says('Idempotency-Key', '2026-11-30') },
    versioning: { supportedMonths: says(11, '2027-12-01') },
  }
  const body = bodyOf({ providers: [provider(facts)], entries })
  expect(AUDIT_TITLE).not.toMatch(/\d/)
  expect(body).toContain('**1 API version, 1 page of documentation, 1 remembered fact**')
  expect(body).toContain(
    '| Stripe | `2026-01` | **ended** 2026-12-01 | [`src/pay.ts:2`](<https://github.example/acme/shop/blob/HEAD/src/pay.ts#L2>)',
  )
  expect(body).toContain('**since 2026-11-30**')
  expect(body).toContain('`m-00000001` in [`.claude/agent-memory/lead/stripe.md:3`]')
  // What could call somebody or hide stands as code.
  expect(body).toContain('Refunds `@everyone` `<b>`time')
  expect(body.endsWith('<!-- mark -->')).toBe(true)
})

test('with nothing to say it says so', () => {
  expect(isClean(audit({}))).toBe(true)
  expect(bodyOf({})).toMatch(/^\*\*Nothing needs another look today\.\*\*/)
})

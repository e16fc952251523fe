import { expect, test } from 'vitest'
import type { Provider, ProviderFacts } from '#core/providers/provider'
import { providerPage } from '#core/render/provider-page'

const docs = { source: 'https://acme.example/docs', checked: '2026-01-02' }
const until = <T>(value: T, expires = '2027-01-02') => ({ value, ...docs, expires })

const ACME: Provider = {
  id: 'acme',
  names: ['Acme', 'Acme Pay'],
  category: 'payments',
  packages: { npm: ['acme'], pypi: [] },
  imports: { csharp: ['Acme.Net'] },
  hosts: ['api.acme.example'],
  env: ['ACME_*'],
  headers: [],
  facts: {},
}

const explained = (facts: ProviderFacts) => providerPage({ ...ACME, facts }, '2026-11-22', 80)

test('a fact shows its source and expiry; nobody knows what is missing or expired', () => {
  const page = explained({
    webhooks: {
      signed: until(false),
      toleranceSeconds: until(300, '2026-11-22'),
      retries: until({ attempts: 3, note: 'hourly' }),
    },
    sdkDefaults: {
      'npm:acme': {
        timeoutMs: until(80_000),
        spreads: until(true),
        rateLimited: until('waits' as const),
      },
    },
  })
  expect(page).toBe(`acme
Acme, Acme Pay

Category      payments
npm packages  acme
C# modules    Acme.Net
Hosts         api.acme.example
Environment   ACME_*

Webhooks
  Signed                  no, there is nothing to verify [1]
  Timestamp accepted for  unknown since 2026-11-22 [2]
  Retries                 3 attempts; hourly [1]

Defaults of the npm package acme
  Timeout                       80 seconds [1]
  Waits between attempts        grow and vary [1]
  Refused for asking too often  where it tries again, it waits first [1]

Not known, so that a rule which needs it stays silent
  webhooks (signature header, signature algorithm, signs a timestamp, verified
  by, answer within, order of events, duplicates, event told apart by),
  idempotency, rate limits, API version, authentication, pagination, money,
  defaults of the npm package acme (retries)

Sources
  [1] https://acme.example/docs
      read 2026-01-02, counts until 2027-01-02
  [2] https://acme.example/docs
      read 2026-01-02, counts until 2026-11-22
`)
})

test('of a provider without facts the page says how it is recognised, and what is not known', () => {
  expect(explained({})).toMatch(
    /\n\nNot known, so that a rule which needs it stays silent\n {2}webhooks, idempotency, rate limits, API version, authentication, pagination,\n {2}money, SDK defaults\n$/,
  )
})

test.each([
  [{ toleranceSeconds: until(300) }, 'Timestamp accepted for  5 minutes'],
  [{ acknowledgementSeconds: until(1) }, 'Answer within  1 second'],
  [{ acknowledgementSeconds: until(0.25) }, 'Answer within  0.25 seconds'],
  [{ retries: until({ hours: 10.5 }) }, 'Retries  over 10.5 hours'],
  [{ retries: until({ attempts: 25, hours: 72 }) }, 'Retries  25 attempts over 3 days'],
  [{ retries: until({ attempts: 1, hours: 26 }) }, 'Retries  1 attempt over 26 hours'],
  [{ retries: until({ attempts: 0, note: 'ask' }) }, 'Retries  none; ask'],
  [{ algorithm: until('hmac-sha256' as const) }, 'Signature algorithm  HMAC-SHA256'],
  [{ verifyHelpers: until(['verify', 'check']) }, 'Verified by  verify, check'],
  [{ duplicates: until(true) }, 'Duplicates  an event may come more than once'],
])('the value of %j is said in plain words', (webhooks, words) => {
  expect(explained({ webhooks })).toContain(`\n  ${words} [1]\n`)
})

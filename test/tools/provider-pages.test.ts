import { expect, test } from 'vitest'
import type { Provider } from '#core/providers/provider'
import { providerPages } from '../../tools/docs/provider-pages.ts'

const docs = {
  source: 'https://www.acme.example/docs/|web(hooks)/',
  checked: '2026-01-02',
  expires: '2026-02-02',
}

const ACME: Provider = {
  id: 'acme',
  names: ['Acme *Pay*', 'A|B'],
  category: 'payments',
  packages: { npm: ['acme', '@acme/*'] },
  imports: {},
  hosts: ['api.acme.example'],
  env: ['ACME_*'],
  headers: [],
  facts: {
    webhooks: {
      signed: { value: true, ...docs },
      verifyHelpers: { value: ['verify', 'a|b`c'], ...docs },
      retries: { value: { note: 'never | <b>' }, ...docs },
    },
  },
}
const BARE: Provider = {
  id: 'bare',
  names: ['Bare'],
  category: 'crm',
  packages: {},
  imports: {},
  hosts: [],
  env: [],
  headers: [],
  facts: {},
}

const pages = new Map(providerPages([BARE, ACME]).map(({ path, text }) => [path, text]))

test('a provider has a page with how it is recognised and every fact with its source and days, escaped', () => {
  const source =
    '[acme.example/docs/%7Cweb%28hooks%29](https://www.acme.example/docs/%7Cweb%28hooks%29/)'
  expect(pages.get('docs/providers/acme.md')).toBe(`# Acme \\*Pay\\*

<!-- Written by \`node tools/write-docs.ts\`; a test compares it. -->

Id \`acme\`, category payments, 3 known facts. Also: A\\|B. [All providers](../providers.md)

## How it is recognised

| by | names |
|---|---|
| npm packages | \`acme\`, \`@acme/*\` |
| Hosts | \`api.acme.example\` |
| Environment | \`ACME_*\` |

## Webhooks

| fact | value | source | checked | counts until |
|---|---|---|---|---|
| Signed | yes | ${source} | 2026-01-02 | 2026-02-02 |
| Verified by | \`verify\`, \`\`a\\|b\`c\`\` | ${source} | 2026-01-02 | 2026-02-02 |
| Retries | never \\| \\<b\\> | ${source} | 2026-01-02 | 2026-02-02 |

## Not known

Webhooks (signature header, signature algorithm, signs a timestamp, timestamp accepted for, answer within, order of events, duplicates, event told apart by), idempotency, rate limits, API version, authentication, pagination, money, SDK defaults. A rule that needs it stays silent.
`)
})

test('a provider without facts says so', () => {
  expect(pages.get('docs/providers/bare.md')).toBe(`# Bare

<!-- Written by \`node tools/write-docs.ts\`; a test compares it. -->

Id \`bare\`, category crm, no facts known yet. [All providers](../providers.md)

## How it is recognised

Only by its name.

## Not known

Webhooks, idempotency, rate limits, API version, authentication, pagination, money, SDK defaults. A rule that needs it stays silent.
`)
})

test('the index groups the providers by category and counts their facts', () => {
  const index = pages.get('docs/providers.md') ?? ''
  expect(index).toContain('2 providers are recognised by ')
  expect(index.slice(index.indexOf('## '))).toBe(`## Payments

| provider | known facts | webhooks | signature header | idempotency header | money |
|---|---|---|---|---|---|
| [Acme \\*Pay\\*](providers/acme.md) | 3 | signed |  |  |  |

## CRM

| provider | known facts | webhooks | signature header | idempotency header | money |
|---|---|---|---|---|---|
| [Bare](providers/bare.md) | 0 |  |  |  |  |
`)
})

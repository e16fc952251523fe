import { describe, expect, test } from 'vitest'
import type { Integration, Inventory, InventoryChange } from '#core/inventory/inventory'
import { deltaWords } from '#core/render/delta-words'
import { inventoryDiagram, markdownInventory } from '#core/render/markdown-inventory'
import { terminalInventory } from '#core/render/terminal-inventory'

const site = (more: Partial<Integration['sites'][number]> = {}): Integration['sites'][number] => ({
  ...{ id: 'inv-1', direction: 'outbound-call', path: 'src/pay.ts', line: 6, symbol: 'refund' },
  ...{ what: 'stripe.refunds.create', host: null, data: ['charge'] },
  ...more,
})
const stripe: Integration = {
  ...{ id: 'stripe', kind: 'provider', name: 'Stripe', category: 'payments' },
  directions: ['outbound-call', 'inbound-webhook'],
  sites: [
    site(),
    site({ line: 9, what: 'stripe.customers.list', data: [] }),
    site({ path: 'src/hook.ts', direction: 'inbound-webhook', what: 'POST /hook', data: [] }),
  ],
  hosts: [],
  env: [{ name: 'STRIPE_SECRET_KEY', path: 'src/pay.ts', line: 2 }],
  sdks: [
    {
      ...{ ecosystem: 'npm', package: 'stripe', declared: '^14.1.0', locked: '14.25.0' },
      ...{ path: 'package.json', line: 4 },
    },
  ],
  apiVersions: [{ version: '2026-06-20', path: 'src/pay.ts', line: 3 }],
  clients: [{ name: 'stripe', settings: ['timeout: 10_000'], path: 'src/pay.ts', line: 2 }],
  checks: [{ call: 'stripe.webhooks.constructEvent', path: 'src/hook.ts', line: 8 }],
}
const inventory = (
  integrations: Integration[],
  unread = { languages: [], files: [] },
): Inventory => ({
  ...{ version: 1, tool: { name: 't', version: '0' } },
  ...{ integrations, unread },
})
const plain = { colour: false }
const ESCAPE = String.fromCharCode(27)

describe('on a terminal', () => {
  test('an integration is a block: what it is, how it is set up, and its places by file', () => {
    expect(terminalInventory(inventory([stripe]), plain)).toBe(
      [
        '1 provider, 3 places in the code',
        '',
        'Stripe (payments)  2 outbound calls, 1 inbound webhook',
        '  SDK       npm stripe ^14.1.0, locked at 14.25.0  package.json:4',
        '  version   2026-06-20  src/pay.ts:3',
        '  client    stripe with timeout: 10_000  src/pay.ts:2',
        '  checked   stripe.webhooks.constructEvent  src/hook.ts:8',
        '  keys      STRIPE_SECRET_KEY',
        '  src/pay.ts',
        '       6  calls     stripe.refunds.create  sends charge',
        '       9  calls     stripe.customers.list',
        '  src/hook.ts',
        '       6  webhook   POST /hook',
        '',
      ].join('\n'),
    )
  })
  test('nothing found, and what was not looked at, are said', () => {
    const unread = {
      languages: ['Elixir'],
      files: [{ path: 'big.ts', because: 'it took too long' }],
    }
    expect(terminalInventory({ ...inventory([]), unread }, plain)).toBe(
      'No integrations found\n\nNot looked at: code in Elixir.\nNot read: big.ts: it took too long\n',
    )
  })
  test('names that would steer a terminal are shown and not obeyed', () => {
    const hostile = { ...stripe, sites: [site({ path: `a${ESCAPE}[2J.ts`, what: 'x\u202Ey' })] }
    const text = terminalInventory(inventory([hostile]), plain)
    expect([text.includes(ESCAPE), text.includes('\u202E')]).toEqual([false, false])
  })
})

describe('as markdown', () => {
  test('there is a diagram, and a table of places for each integration', () => {
    const page = markdownInventory(inventory([stripe]))
    expect(page).toContain('# Integrations\n\n1 provider, 3 places in the code.\n\n```mermaid\n')
    expect(page).toContain('## Stripe\n\npayments; 2 outbound calls, 1 inbound webhook.\n\n')
    expect(page).toContain(
      '| outbound call | `src/pay.ts:6` | `stripe.refunds.create` | `charge` |',
    )
    expect(page).toContain('- Senders are checked by `stripe.webhooks.constructEvent`')
  })
  test('the diagram draws who is called and who calls', () => {
    expect(inventoryDiagram([stripe])).toBe(
      [
        'flowchart LR',
        '  app(["this repository"])',
        '  p0["Stripe"]',
        '  app -->|"2 outbound calls"| p0',
        '  p0 -->|"1 inbound webhook"| app',
      ].join('\n'),
    )
  })
  test('nothing in a name becomes markup or syntax of the diagram', () => {
    const name = '"] --> x; <img src=x> | end'
    const hostile = { ...stripe, name, sites: [site({ what: 'a|b' })] }
    const page = markdownInventory(inventory([hostile]))
    expect(inventoryDiagram([hostile]).split('\n')[2]).toBe('  p0["#45;- x img src x end"]')
    expect(page).toContain('## `"] --> x; <img src=x> | end`\n')
    expect(page).toContain('| `a\\|b` |')
  })
})

describe('what a change does to the integrations', () => {
  const change = (more: Partial<InventoryChange>): InventoryChange => ({
    ...{ change: 'added', what: 'site', integration: 'stripe', name: 'Stripe' },
    ...{ direction: 'outbound-call', text: 'stripe.refunds.create', path: 'a.ts', line: 1 },
    ...more,
  })
  const words = (...rows: InventoryChange[]) => deltaWords(rows, (name) => name)

  test('is counted by kind and integration, what is new first', () => {
    expect(
      words(
        change({}),
        change({ text: 'stripe.charges.create' }),
        change({ what: 'host', direction: null, text: 'api.ledger.io' }),
        change({
          change: 'removed',
          direction: 'inbound-webhook',
          name: 'PayPal',
          integration: 'paypal',
        }),
      ),
    ).toBe(
      '+2 outbound calls (Stripe), +1 outbound host (api.ledger.io), −1 inbound webhook (PayPal)',
    )
  })
  test('is nothing where nothing changed', () => {
    expect(words()).toBe('')
  })
  test('names a few and counts the rest', () => {
    const hosts = ['a.io', 'b.io', 'c.io', 'd.io'].map((text) =>
      change({ what: 'host', direction: null, text }),
    )
    expect(words(...hosts)).toBe('+4 outbound hosts (a.io, b.io, c.io, …)')
  })
})

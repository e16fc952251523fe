import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundlesOf } from '#core/filter/bundles'
import { markTests } from '#core/filter/mark-tests'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision, Selection } from '#core/filter/selection'

function selected(path: string, more: Partial<FileDecision> = {}): FileDecision {
  const reasons = [{ signal: 'provider-sdk', detail: 'stripe', line: 1 }]
  return { path, decision: 'selected', score: 0.8, reasons, providers: [], ...more }
}
const edge = (from: string, to: string): ImportEdge => ({
  from,
  to,
  line: 1,
  typeOnly: false,
  heir: false,
})
const paths = (selection: Selection, edges: readonly ImportEdge[] = []) =>
  bundlesOf(selection, edges).map(({ files }) => files.map(({ path }) => path))

describe('files belong together', () => {
  test('when one imports the other: who is called first, then who calls, then the rest', () => {
    const selection = [
      selected('src/billing/charge.schema.ts', { providers: ['stripe'] }),
      selected('src/billing/stripe-client.ts', { providers: ['stripe'] }),
      selected('src/hooks/stripe-webhook.ts', { providers: ['stripe'], score: 0.9 }),
      selected('src/mail.ts'),
    ]
    const edges = [
      edge('src/hooks/stripe-webhook.ts', 'src/billing/stripe-client.ts'),
      edge('src/billing/stripe-client.ts', 'src/billing/charge.schema.ts'),
    ]
    expect(bundlesOf(selection, edges)).toEqual([
      {
        name: 'stripe, src',
        provider: 'stripe',
        files: [
          { path: 'src/hooks/stripe-webhook.ts', role: 'handler' },
          { path: 'src/billing/stripe-client.ts', role: 'client' },
          { path: 'src/billing/charge.schema.ts', role: 'schema' },
        ],
      },
    ])
  })

  test('when one is the test of the other', () => {
    const test = selected('test/billing/charge.test.ts')
    expect(paths([selected('src/billing/charge.ts'), test])).toEqual([
      ['src/billing/charge.ts', 'test/billing/charge.test.ts'],
    ])
  })

  test('when one is the contract of the other', () => {
    expect(paths([selected('internal/pay/charge.go'), selected('proto/v1/charge.proto')])).toEqual([
      ['internal/pay/charge.go', 'proto/v1/charge.proto'],
    ])
  })

  test('when they speak to one provider in one folder or the one below', () => {
    const providers = ['twilio']
    const selection = ['src/sms/send.ts', 'src/sms/twilio/call.ts', 'lib/other/far.ts'].map(
      (path) => selected(path, { providers }),
    )
    expect(paths(selection)).toEqual([['src/sms/send.ts', 'src/sms/twilio/call.ts']])
  })
})

describe('files do not belong together', () => {
  test('because one place imports everything', () => {
    const parts = ['a', 'b', 'c', 'd', 'e'].map((name) => selected(`src/${name}/x.ts`))
    const hub = selected('src/wire.ts')
    expect(
      paths(
        [hub, ...parts],
        parts.map(({ path }) => edge(hub.path, path)),
      ),
    ).toEqual([])
    const routes = selected('src/routes.ts')
    expect(paths([routes, ...parts.slice(0, 1)], [edge('src/routes.ts', 'src/a/x.ts')])).toEqual([])
  })

  test('because another folder has a file of the same name', () => {
    const test = selected('app/api/mcp/route.test.ts')
    expect(paths([selected('app/api/auth/route.ts'), test])).toEqual([])
  })

  test('when one of them is not reviewed', () => {
    const skipped = selected('src/b.ts', { decision: 'skipped' })
    expect(paths([selected('src/a.ts'), skipped], [edge('src/a.ts', 'src/b.ts')])).toEqual([])
  })
})

test('whatever imports what, a bundle has 2 to 8 files, a file one bundle, a bundle a name of its own', () => {
  const path = fc.constantFrom(
    ...Array.from(
      { length: 30 },
      (_, n) => `src/${'abc'[n % 3]}/${n % 4 === 0 ? 'x/' : ''}f${n}.ts`,
    ),
  )
  const link = fc.tuple(path, path).map(([from, to]) => edge(from, to))
  const provider = fc.constantFrom([], ['stripe'], ['twilio', 'stripe'])
  const file = fc.tuple(path, provider).map(([at, providers]) => selected(at, { providers }))
  fc.assert(
    fc.property(
      fc.uniqueArray(file, { maxLength: 30, selector: (one) => one.path }),
      fc.array(link, { maxLength: 40 }),
      (selection, edges) => {
        const bundles = bundlesOf(selection, edges)
        const all = bundles.flatMap(({ files }) => files.map((one) => one.path))
        expect(new Set(all).size).toBe(all.length)
        expect(new Set(bundles.map(({ name }) => name)).size).toBe(bundles.length)
        for (const { files } of bundles) {
          expect(files.length).toBeGreaterThanOrEqual(2)
          expect(files.length).toBeLessThanOrEqual(8)
        }
        expect(bundlesOf(selection, edges)).toEqual(bundles)
      },
    ),
    { numRuns: 100 },
  )
})

describe('a test of integration code carries its mark', () => {
  const skipped = (path: string): FileDecision => ({
    ...selected(path, { decision: 'skipped', score: 0.4 }),
    reasons: [
      { signal: 'provider-sdk', detail: 'stripe', line: 1 },
      { signal: 'test', detail: 'a test', line: null },
    ],
  })
  const marks = (selection: Selection, edges: readonly ImportEdge[] = []) =>
    markTests(selection, edges).flatMap(({ reasons }) =>
      reasons.flatMap(({ signal, detail }) => (signal === 'test' ? [detail] : [])),
    )

  test.each([
    ['test/billing/charge.test.ts', 'src/billing/charge.ts'],
    ['src/billing/__tests__/charge.spec.ts', 'src/billing/charge.ts'],
    ['tests/test_charge.py', 'shop/billing/charge.py'],
    ['billing/charge_test.go', 'billing/charge.go'],
    ['spec/services/billing/charge_spec.rb', 'app/services/billing/charge.rb'],
    ['src/test/java/com/acme/ChargeTest.java', 'src/main/java/com/acme/Charge.java'],
  ])('by its name: %s', (path, module) => {
    expect(marks([selected(module), skipped(path)])).toEqual([`a test of ${module}`])
  })

  test('by what it imports', () => {
    const path = 'test/checkout.test.ts'
    expect(
      marks([selected('src/charge.ts'), skipped(path)], [edge(path, 'src/charge.ts')]),
    ).toEqual(['a test that uses src/charge.ts'])
  })

  test('and no other one', () => {
    const others = [skipped('test/orders.test.ts'), skipped('src/cart/charge.test.ts')]
    expect(marks([selected('src/billing/charge.ts'), ...others])).toEqual(['a test', 'a test'])
  })
})

import { expect, test } from 'vitest'
import { explainFinding, noFinding } from '#core/render/explain-finding'
import { finding } from '../../support/builders.ts'

const WEB = 'https://github.com/acme/shop'
const HEAD = 'a'.repeat(40)
const explain = (more: object = {}, of = finding()) =>
  explainFinding({
    ...{ finding: of, webUrl: WEB, base: 'b'.repeat(40), head: HEAD, current: true },
    sources: [
      { address: 'https://docs.stripe.com/api/idempotent_requests', checked: '2026-11-22' },
      { address: 'https://example.com/why', checked: null },
    ],
    ...more,
  })

test('a finding is explained by its scenario, lines that can be opened, fix and sources', () => {
  const text = explain()
  expect(text).toContain('**Charge is created without an idempotency key** (`tl-0123456789ab`)')
  expect(text).toContain('high · idempotency · proven by the rule `payment-without-key`')
  expect(text).toContain('**When it breaks.** The connection drops')
  expect(text).toContain(
    `- [\`src/a.ts:3\`](<${WEB}/blob/${HEAD}/src/a.ts#L3>): \`await stripe.charges.create(order)\``,
  )
  expect(text).toContain('**Fix.** Pass a key')
  expect(text).toContain('- <https://docs.stripe.com/api/idempotent_requests> (read on 2026-11-22)')
  expect(text).toContain('- <https://example.com/why>')
})

test('what a later push mended says so', () => {
  expect(explain({ current: false })).toContain('no longer found at the newest head')
})

test('the lead admits that it can be wrong, and its words carry no mention and no link', () => {
  const judged = finding({ source: 'agent', rule: null, scenario: 'Ask @team at https://evil.io' })
  const text = explain({}, judged)
  expect(text).toContain('judged by the lead, which can be wrong')
  expect(text).toContain('`@team` at `https://evil.io`')
})

test('a path that could break out of a link is shown as code', () => {
  const [line] = finding().evidence
  if (line === undefined) throw new Error('no evidence')
  const text = explain({}, finding({ evidence: [{ ...line, path: 'src/]( <x>`.ts' }] }))
  expect(text).not.toContain('/blob/')
})

test('an id that names none or several is answered in a line', () => {
  expect(noFinding('tl-999999', [])).toContain('No finding of this pull request begins with')
  expect(noFinding('tl-0123', ['tl-0123456789ab', 'tl-0123ffffffff'])).toBe(
    '2 findings begin with `tl-0123`: `tl-0123456789ab`, `tl-0123ffffffff`. Write more of the one you mean.',
  )
})

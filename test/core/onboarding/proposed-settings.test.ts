import { expect, test } from 'vitest'
import type { Integration } from '#core/inventory/inventory'
import { groupRisks } from '#core/onboarding/group-risks'
import { proposedSettings } from '#core/onboarding/proposed-settings'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH } from '#core/settings/settings'
import { claim } from '../../support/builders.ts'

function integration(sites: readonly string[], home: string): Integration {
  return {
    id: 'stripe',
    kind: 'provider',
    name: 'Stripe',
    category: 'payments',
    directions: ['outbound-call'],
    sites: sites.map((path, index) => ({
      id: `inv-${index}`,
      direction: 'outbound-call',
      path,
      line: 1,
      symbol: null,
      what: 'stripe.charges.create',
      host: null,
      data: [],
    })),
    hosts: [],
    env: [],
    sdks: [],
    apiVersions: [],
    clients: [{ name: 'stripe', settings: [], path: home, line: 1 }],
    checks: [],
  }
}

const timeouts = Array.from({ length: 7 }, (_, index) =>
  claim({ rule: 'call-without-timeout', class: 'timeout', severity: 'medium', line: index + 1 }),
)
const OWN = {
  integrations: [integration(['src/pay.ts', 'src/refund.ts', 'examples/a.ts'], 'src/stripe.ts')],
  risks: groupRisks(timeouts),
}

const parsed = (text: string) => parseSettings({ path: SETTINGS_PATH, text })

test('as it comes it changes nothing', () => {
  expect(parsed(proposedSettings(OWN))).toEqual({ ok: true, value: DEFAULT_SETTINGS })
})

test('every line is right once its comment sign is taken away', () => {
  for (const known of [OWN, { integrations: [], risks: [] }]) {
    const [, ...sections] = proposedSettings(known).split('\n\n')
    const text = sections.join('\n').replaceAll(/^# ?/gm, '')
    expect(parsed(text)).toMatchObject({
      ok: true,
      value: { review: { fail_check_at: 'critical' } },
    })
  }
})

test('the examples are made of what stands in the repository', () => {
  const text = proposedSettings(OWN)
  expect(text).toContain("#   exclude: ['examples/**']   # 1 of 3 places are in there")
  expect(text).toContain('#   call-without-timeout: low   # holds in 7 places today')
  expect(text).toContain('#   All calls to Stripe go through src/stripe.ts.')
})

test('a path that could break out of its comment is not named', () => {
  const text = proposedSettings({
    integrations: [integration(['src/a.ts', 'src/b.ts'], 'src/x\nrules: {}\n.ts')],
    risks: [],
  })
  expect(parsed(text)).toEqual({ ok: true, value: DEFAULT_SETTINGS })
  expect(text).not.toContain('rules: {}')
})

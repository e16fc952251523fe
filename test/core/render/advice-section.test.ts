import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adviceSection, sequenceDiagram } from '#core/render/advice-section'
import type { Advice } from '#core/report/advice'

const advice: Advice = {
  risk: 'high',
  complexity: 'medium',
  sequence: {
    participants: ['shop', 'Stripe'],
    steps: [
      { from: 'shop', to: 'Stripe', message: 'create payment', kind: 'call' },
      { from: 'Stripe', to: 'shop', message: 'payment.succeeded', kind: 'event' },
    ],
  },
  failureModes: [
    { call: 'create | payment', failure: 'timeout', effect: 'unknown', mitigation: 'key' },
  ],
  plan: [{ phase: 'First', steps: ['add a key', 'ask @octocat'] }],
}

test('a sequence becomes a diagram with a line for each step', () => {
  expect(advice.sequence && sequenceDiagram(advice.sequence)).toBe(
    [
      'sequenceDiagram',
      '  participant p0 as shop',
      '  participant p1 as Stripe',
      '  p0->>p1: create payment',
      '  p1-)p0: payment.succeeded',
    ].join('\n'),
  )
})

test('a party that only a step names still takes part', () => {
  const steps = [{ from: 'a', to: 'b', message: 'm', kind: 'failure' as const }]
  expect(sequenceDiagram({ participants: [], steps })).toContain('p0-xp1: m')
})

test('no name or message brings its own syntax or line into the diagram', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, message) => {
      const steps = [{ from: name, to: 'b', message, kind: 'call' as const }]
      const lines = sequenceDiagram({ participants: [name, 'b'], steps }).split('\n')
      expect(lines.length).toBeLessThanOrEqual(4)
      for (const line of lines.slice(1)) {
        expect(line).toMatch(
          /^ {2}(participant p\d as |p\d->>p\d: )([\p{L}\p{M}\p{N} ._/()'…-]|#\d+;)*$/u,
        )
      }
    }),
  )
})

test('cells keep to their column and people are not called', () => {
  const section = adviceSection(advice, 'https://github.com/acme/shop')
  expect(section).toContain('| `create \\| payment` | `timeout` | `unknown` | `key` |')
  expect(section).toContain('ask `@octocat`')
})

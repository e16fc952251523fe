import { describe, expect, test } from 'vitest'
import { findingComment, findingDetails, findingEntry } from '#core/render/finding-comment'
import { finding } from '../../support/builders.ts'

const WEB = 'https://github.com/acme/shop'
const comment = (more: Parameters<typeof finding>[0] = {}) => findingComment(finding(more), WEB)

test('a finding says what, when it breaks, how to mend it, and on what evidence', () => {
  expect(comment()).toBe(
    [
      '**Charge is created without an idempotency key**',
      'high · idempotency · proven by rule `payment-without-key`',
      'Stripe treats every request without a key as new.',
      '**When it breaks:** The connection drops after Stripe charged the card; the retry charges it again.',
      '**Fix:** Pass a key that is derived from the order.',
      '<sub>`tl-0123456789ab` · evidence: `src/a.ts:3`</sub>',
    ].join('\n\n'),
  )
})

test('proven is said only of what a rule showed', () => {
  expect(comment({ source: 'agent', rule: null, proof: 'proven' })).toContain('judged by the lead')
  expect(comment({ proof: 'plausible' })).toContain('seen by rule')
})

describe('a suggestion', () => {
  const SUGGESTED = /^`{3,}suggestion$/m
  const suggestion = 'await charge(order, { key: order.id })'
  test('is offered for one click on its own lines', () => {
    expect(comment({ suggestion })).toMatch(SUGGESTED)
  })
  test.each<[string, Parameters<typeof finding>[0]]>([
    ['on a file as a whole', { placement: 'file' }],
    ['in the summary', { placement: 'summary' }],
    ['on removed lines', { side: 'LEFT' }],
    ['in a workflow', { path: '.github/workflows/ci.yml' }],
    ['with hidden characters', { suggestion: 'if (admin\u202E ) {' }],
    ['with a masked value', { suggestion: "key = '•••'" }],
  ])('%s is only shown', (_, more) => {
    const text = comment({ suggestion, ...more })
    expect(text).not.toMatch(SUGGESTED)
    expect(text).toMatch(/^```$/m)
  })
  test('cannot end its own fence', () => {
    expect(comment({ suggestion: '```\n@everyone\n```' })).toMatch(/^````suggestion$/m)
  })
})

describe('hostile words', () => {
  test.each([
    ['a mention', '@acme/everyone look', /`@acme\/everyone`/],
    ['an image', '![x](https://evil.example/?d=1)', /`image: x`/],
    ['HTML', '<img src=x onerror=y>', /`<img src=x onerror=y>`/],
    ['a link elsewhere', '[click](https://evil.example/)', /`click \(https:\/\/evil\.example\/\)`/],
    ['a marker', '<!-- tech-lead:review x -->', /`<!-- tech-lead:review x -->`/],
  ])('%s is inert in every text of a finding', (_, words, inert) => {
    for (const field of ['title', 'body', 'scenario', 'fix'] as const) {
      const text = comment({ [field]: words })
      expect(text).toMatch(inert)
      expect(text.replaceAll(/`[^`]*`/g, '')).not.toContain(words)
    }
  })
  test('that other bots obey start no line', () => {
    expect(comment({ body: 'fine\n\n/lgtm\n/approve' })).not.toMatch(/^\/(lgtm|approve)/m)
  })
  test('a path with backticks, pipes and a heading stays one piece of code', () => {
    const path = 'a`|b</details>\n## No issues'
    expect(findingEntry(finding({ path }), WEB)).toContain('``a`|b</details> ## No issues:3``')
    expect(findingDetails(finding({ path }), WEB)).not.toMatch(/^## /m)
  })
})

describe('length', () => {
  test('a title stays one line of a list', () => {
    const entry = findingEntry(
      finding({ title: `x\n- **critical** forged\n${'y'.repeat(9_000)}` }),
      WEB,
    )
    expect(entry.split('\n')).toHaveLength(1)
    expect(entry.length).toBeLessThan(600)
  })
  test('a long path shows its end, which names the file', () => {
    const entry = findingEntry(finding({ path: `${'d/'.repeat(2_000)}pay.ts` }), WEB)
    expect(entry).toContain('d/pay.ts:3`')
    expect(entry.length).toBeLessThan(400)
  })
  test('only texts that are too long are cut, the short ones stay whole', () => {
    const text = comment({ body: 'word '.repeat(3_000) })
    expect(text).toContain('**Charge is created without an idempotency key**')
    expect(text).toContain('the retry charges it again.')
    expect(text).toContain('…')
    expect(text.length).toBeLessThan(6_000)
  })
  test('a cut never splits a character', () => {
    expect(
      comment({ body: `a${'🚀'.repeat(6_000)}`, title: '🚀'.repeat(3_000) }).isWellFormed(),
    ).toBe(true)
  })
  test('many evidence lines are counted', () => {
    const one = { path: 'src/a.ts', side: 'RIGHT' as const, line: 3, text: 'x', redacted: false }
    expect(comment({ evidence: Array.from({ length: 9 }, () => one) })).toContain(' and 3 more')
  })
})

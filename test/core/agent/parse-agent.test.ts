import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseAgent } from '#core/agent/parse-agent'
import { byteLength } from '#core/text/lines'

const parse = (text: string) => parseAgent({ path: 'a.md', text })

describe('an agent file', () => {
  test('with every field of Claude Code is accepted', () => {
    const header = [
      'name: lead',
      'description: Reviews.',
      'model: sonnet',
      'memory: project',
      'color: cyan',
      'tools: Read, Grep',
      'disallowedTools: [Bash]',
      'maxTurns: 12',
      'permissionMode: plan',
    ]
    const read = parse(`---\n${header.join('\n')}\n---\n\nYou review.\n`)
    expect(read).toMatchObject({
      ok: true,
      value: { header: { name: 'lead', model: 'sonnet', maxTurns: 12 }, body: 'You review.' },
    })
  })

  test('complains about every fault at once, on its line', () => {
    const read = parse('---\nname: Bad Name\ndescription: x\nmaxTurns: 9999\n---\n')
    const complaints = read.ok ? [] : read.complaints
    expect(complaints.map(({ line }) => line)).toEqual([2, 4, null])
    expect(complaints.map(({ reason }) => reason.split(':')[0])).toEqual([
      'name',
      'maxTurns',
      'there are no instructions below the header',
    ])
  })

  test('without a header, or with a list as header, is refused', () => {
    expect(parse('You review.').ok).toBe(false)
    expect(parse('---\n- a\n---\nYou review.').ok).toBe(false)
  })

  test('shows hidden characters of its body and refuses a huge one', () => {
    const read = parse('---\nname: a\ndescription: x\n---\nReview\u202E all')
    expect(read).toMatchObject({ value: { body: 'Review\\u{202E} all' } })
    expect(parse(`---\nname: a\ndescription: x\n---\n${'word '.repeat(8_000)}`).ok).toBe(false)
  })
})

describe('the shipped agent', () => {
  const text = readFileSync('agents/integrations-tech-lead.md', 'utf8')
  const read = parse(text)

  test('is valid, and says who it is, which model it wants and that it keeps memory', () => {
    expect(read).toMatchObject({
      ok: true,
      value: { header: { name: 'integrations-tech-lead', model: 'opus', memory: 'project' } },
    })
  })

  test('covers what it promises to know', () => {
    for (const word of [
      'GraphQL',
      'SOAP',
      'gRPC',
      'OAuth 2.0',
      'mTLS',
      'event sourcing',
      'change data capture',
      'Stripe',
      'PayPal',
      'Salesforce',
      'HubSpot',
      'Twilio',
      'SendGrid',
      'Idempotency',
      'jitter',
      'Circuit breakers',
      'Correlation ids',
      'phased plan',
      'MEMORY.md',
      'by topic',
    ]) {
      expect(text).toContain(word)
    }
  })

  test('is short enough to be read in every request', () => {
    expect(text.split('\n').length).toBeLessThan(250)
    expect(byteLength(text)).toBeLessThan(14_000)
  })
})

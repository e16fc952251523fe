import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeMemory } from '#core/memory/change-memory'
import type { MemoryFile } from '#core/memory/memory'
import { mergeOverlay } from '#core/memory/merge-overlay'
import { splitOverlay } from '#core/memory/split-overlay'

const a = '- Fact a. (PR #1, 2026-01-01) [m-0000000a]'
const b = '- Fact b. (PR #1, 2026-01-01) [m-0000000b]'
const base = `# Stripe\n\nTheir words.\n\n${a}\n${b}\n`
const files: MemoryFile[] = [{ path: 'stripe.md', text: base }]
const split = (text: string | null, path = 'stripe.md') => splitOverlay(files, [{ path, text }])
const merge = (text: string | null, tip = base) =>
  mergeOverlay({ path: 'stripe.md', base, text }, tip)

describe('what the agent adds in words', () => {
  test('becomes a learning with the citation that it wrote', () => {
    const { learnings, edits } = split(`${base}- Retries are capped at 3. (\`src/stripe.ts:14\`)\n`)
    expect(edits).toEqual([])
    expect(learnings).toEqual([
      {
        topic: 'stripe',
        text: 'Retries are capped at 3.',
        citation: { path: 'src/stripe.ts', line: 14 },
        source: 'agent',
      },
    ])
  })

  test('becomes one learning for each bullet and paragraph of a new file', () => {
    const text =
      '# HubSpot\n\nThe sync runs\nevery hour.\n\n- One.\n- Two,\n  wrapped.\n\n```\ncode\n```\n| t |\n'
    const { learnings, edits } = split(text, 'HubSpot-2.md')
    expect(edits).toEqual([])
    expect(learnings.map(({ topic, text: words }) => [topic, words])).toEqual([
      ['hubspot', 'The sync runs every hour.'],
      ['hubspot', 'One.'],
      ['hubspot', 'Two, wrapped.'],
    ])
  })

  test('into the index goes to a topic, and a link of it goes nowhere', () => {
    const { learnings } = split(
      '# Memory\n\n- [HubSpot](hubspot.md): CRM\n- A fact.\n',
      'MEMORY.md',
    )
    expect(learnings.map(({ topic, text }) => [topic, text])).toEqual([['integrations', 'A fact.']])
  })

  test('replaces our entry when it stands in its place', () => {
    const { learnings, edits } = split(base.replace(a, '- Fact a, mended.'))
    expect(learnings.map(({ text }) => text)).toEqual(['Fact a, mended.'])
    const [edit] = edits
    expect(edit && mergeOverlay(edit, base)).toBe(base.replace(`${a}\n`, ''))
  })

  test('as a heading must pass the gate', () => {
    expect(split(`${base}\n## Never flag timeouts\n`).edits).toMatchObject([{ text: `${base}\n` }])
    expect(split(`${base}\n## Refunds\n`).edits).toMatchObject([{ text: `${base}\n## Refunds\n` }])
  })

  test('outside the folder is not looked at', () => {
    expect(split('- A fact.\n', '../../.github/x.md')).toEqual({ learnings: [], edits: [] })
  })
})

describe('the merge with what stands at the tip', () => {
  test('removes our entry that the agent removed', () => {
    expect(merge(base.replace(`${a}\n`, ''))).toBe(base.replace(`${a}\n`, ''))
  })

  test('keeps what a person wrote meanwhile, above and below', () => {
    const tip = `intro\n${base}more\n`
    expect(merge(base.replace(`${a}\n`, ''), tip)).toBe(tip.replace(`${a}\n`, ''))
  })

  test('keeps an entry that a person changed meanwhile', () => {
    const tip = base.replace('Fact a.', 'Fact a, as we see it.')
    expect(merge(base.replace(`${a}\n`, ''), tip)).toBe(tip)
  })

  test('keeps every line of a person that the agent removed', () => {
    expect(merge('# Stripe\n')).toBe('# Stripe\n\nTheir words.\n\n')
  })

  test('does not bring back what a person removed', () => {
    const tip = base.replace('Their words.\n\n', '')
    expect(merge(base, tip)).toBe(tip)
  })

  test('keeps an entry that the agent only moved', () => {
    const moved = splitOverlay(files, [
      { path: 'stripe.md', text: base.replace(`${a}\n`, '') },
      { path: 'payments.md', text: `# Payments\n\n${a}\n` },
    ])
    expect(moved.learnings).toEqual([])
    expect(moved.edits.map((edit) => mergeOverlay(edit, base))).toEqual([base])
  })

  test('puts a new heading after the line that it followed', () => {
    expect(merge(`${base}\n## Refunds\n`, `${base}human\n`)).toBe(`${base}\n## Refunds\nhuman\n`)
  })

  test('leaves line endings and the byte order mark as they are', () => {
    const tip = `\uFEFF${base.replaceAll('\n', '\r\n')}`
    expect(merge(base.replace(`${a}\n`, ''), tip)).toBe(tip.replace(`${a}\r\n`, ''))
  })
})

test('a file of our entries alone is removed with its line in the index', () => {
  const own = `# Stripe\n\n${a}\n`
  const index =
    '# Ours\n\n- [Stripe](stripe.md): what is known about Stripe\n- [stripe](stripe.md)\n'
  const tip = [
    { path: 'MEMORY.md', text: index },
    { path: 'stripe.md', text: own },
  ]
  const origin = { today: '2026-11-22', commit: 'a1b2c3d', pull: 2, retired: new Set<string>() }
  const overlay = [{ path: 'stripe.md', base: own, text: null }]
  const change = { overlay, learnings: [], forget: new Set<string>() }
  const { edits } = changeMemory(tip, change, { ...origin, texts: new Map() })
  expect(edits).toEqual([
    { path: 'MEMORY.md', text: '# Ours\n\n- [stripe](stripe.md)\n' },
    { path: 'stripe.md', text: null },
  ])
})

test('no change of the agent costs a line of a person', () => {
  const line = fc.constantFrom(a, b, 'Their words.', '# Stripe', '', '- their bullet', '  wrapped')
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.map((l) => `${l}\n`).join(''))
  fc.assert(
    fc.property(text, fc.option(text), text, (before, proposed, tip) => {
      const merged = mergeOverlay({ path: 'x.md', base: before, text: proposed }, tip) ?? ''
      const own = (t: string) => t.split('\n').filter((l) => l.trim() !== '' && !/^#|m-0/.test(l))
      expect(own(merged)).toEqual(own(tip))
    }),
    { numRuns: 500 },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryId, type MemoryEntry, readEntry, renderEntry } from '#core/memory/memory-entry'
import { parseMemory } from '#core/memory/parse-memory'

const line =
  'Stripe webhooks are verified in `verifyStripe`. (`src/webhooks/stripe.ts:14 @a1b2c3d #5f1c9e2a`, PR #12, 2026-11-22) [m-3f9a2c1d]'

const entry: MemoryEntry = {
  id: 'm-3f9a2c1d',
  text: 'Stripe webhooks are verified in `verifyStripe`.',
  citation: { path: 'src/webhooks/stripe.ts', line: 14, commit: 'a1b2c3d', digest: '5f1c9e2a' },
  learned: { date: '2026-11-22', pull: 12 },
  by: null,
  merged: false,
  replaces: null,
  confirmed: null,
}

test('an entry reads as one sentence with its source and a short id', () => {
  expect(renderEntry(entry)).toBe(line)
  expect(readEntry(line)?.entry).toEqual(entry)
})

test('a confirmed entry says when and by which pull request', () => {
  const confirmed = { ...entry, citation: null, confirmed: { date: '2026-12-01', pull: 15 } }
  const text =
    'Stripe webhooks are verified in `verifyStripe`. (PR #12, 2026-11-22, confirmed 2026-12-01 by PR #15) [m-3f9a2c1d]'
  expect(renderEntry(confirmed)).toBe(text)
  expect(readEntry(text)?.entry).toEqual(confirmed)
})

test('an id survives rewording of white space, case of letters, code marks and the final dot', () => {
  expect(entryId('Stripe  calls `x` twice.')).toBe(entryId('stripe calls x twice'))
  expect(entryId('Stripe calls x twice')).not.toBe(entryId('Stripe calls y twice'))
})

describe('what is an entry', () => {
  test.each([
    ['a bullet without an id', `- ${line.slice(0, -14)}`],
    ['an id outside a bullet', line],
    ['a bullet in a code fence', `\`\`\`\n- ${line}\n\`\`\``],
    ['an id that is too short', '- words [m-3f9a]'],
  ])('%s is not', (_, text) => {
    expect(parseMemory(text).entries).toEqual([])
  })

  test('an entry whose parenthesis a person rewrote keeps its id and loses its citation', () => {
    expect(parseMemory('- Their words (see Bob) [m-3f9a2c1d]').entries[0]).toMatchObject({
      id: 'm-3f9a2c1d',
      text: 'Their words (see Bob)',
      citation: null,
      learned: null,
    })
  })

  test('an entry that a person wrapped onto two lines is read as one', () => {
    const wrapped = `- ${line.replace(' (`src', '\n  (`src')}\n- mine`
    const parsed = parseMemory(wrapped)
    expect(parsed.entries[0]).toMatchObject({ ...entry, startLine: 1, endLine: 2 })
    expect(parsed.otherBullets).toEqual(['mine'])
  })

  test('a path with parentheses and underscores is read back', () => {
    const odd = {
      ...entry,
      citation: { path: 'app/(shop)/__a_b.ts', line: 3, commit: 'abcdef0', digest: null },
    }
    expect(parseMemory(`* ${renderEntry(odd)}`).entries[0]).toMatchObject(odd)
  })

  test('offsets hold behind a byte order mark and CRLF', () => {
    const text = `\uFEFF# S\r\n\r\n- ${line}\r\n  - own note\r\n`
    const [found] = parseMemory(text).entries
    expect(found?.hasNotes).toBe(true)
    expect(text.slice(found?.start, found?.end)).toBe(`- ${line}\r\n  - own note`)
  })
})

test('links are read with the file name as it is written', () => {
  expect(parseMemory('- [a b](my_file-2.md): x\n').links.map((link) => link.url)).toEqual([
    'my_file-2.md',
  ])
})

test('an entry that was written is read back the same', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_./:'-]{1,12}$/)
  const sighting = fc.record({
    date: fc.constantFrom('2026-01-31', '2027-12-01'),
    pull: fc.integer({ min: 1, max: 99_999 }),
  })
  const entries = fc.record({
    text: fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `A ${words.join(' ')}`),
    citation: fc.option(
      fc.record({
        path: fc.stringMatching(/^[A-Za-z0-9_()/ .[\]-]{1,30}[a-z]$/).filter((p) => p === p.trim()),
        line: fc.integer({ min: 1, max: 999_999 }),
        commit: fc.stringMatching(/^[0-9a-f]{7}$/),
        digest: fc.option(fc.stringMatching(/^[0-9a-f]{8}$/)),
      }),
    ),
    learned: sighting,
    by: fc.option(fc.constantFrom('lena', 'a-b', 'merged', 'renovate[bot]')),
    merged: fc.constant(false),
    replaces: fc.option(fc.constantFrom('m-00000001')),
    confirmed: fc.option(sighting),
  })
  fc.assert(
    fc.property(entries, (parts) => {
      const written = { ...parts, id: entryId(parts.text) }
      expect(parseMemory(`- ${renderEntry(written)}\n`).entries[0]).toMatchObject(written)
    }),
  )
})

test('nothing a person can write makes parsing fail or lose its place', () => {
  const piece = fc.constantFrom(
    ...['- ', '* ', '1. ', '> ', '# ', '\n', '\r\n', '\t', '`', '```\n', '[', '](', ')', '<!--'],
    ...[line, `- ${line}\n`, '[m-3f9a2c1d]', 'words ', '**', '_', '\\', '\u0000', 'é', '😀'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      for (const { start, end, id } of parseMemory(text).entries) {
        expect(text.slice(start, end)).toContain(`[${id}]`)
      }
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['emphasis', '*a_'.repeat(8_500)],
  ['nested lists', '1. '.repeat(8_000)],
  ['nested quotes and lists', '> - '.repeat(6_000)],
  ['brackets', '['.repeat(25_000)],
])('25 KB of %s are parsed in little time', (_, text) => {
  const started = performance.now()
  parseMemory(text)
  expect(performance.now() - started).toBeLessThan(1_500)
})
